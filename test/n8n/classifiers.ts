import { seedClassifiers, type SeedClassifier } from '../emulator/classifiers/seed';

/** The stand-in's classifiers, with so many more before them that a picker has to turn pages; the best known ones come first in its list. */
export function manyClassifiers(more: number): SeedClassifier[] {
	const [model] = seedClassifiers;
	if (model === undefined) throw new Error('The stand-in has no classifiers.');
	const departments = Array.from({ length: more }, (_, index) => {
		const number = String(index + 1).padStart(3, '0');
		return { ...model, id: `cl_department_${number}`, name: `Department ${number}` };
	});
	return [...departments, ...seedClassifiers];
}
