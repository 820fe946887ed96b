import ts from 'typescript';

/** A declaration file, read by the TypeScript compiler. */
export function parseDeclarations(path: string, text: string): ts.SourceFile {
	return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

function find<Found extends ts.Node>(root: ts.Node, isWanted: (node: ts.Node) => node is Found): Found | undefined {
	if (isWanted(root)) return root;
	return ts.forEachChild(root, (child) => find(child, isWanted));
}

function hasName(node: { name?: ts.Node }, name: string): boolean {
	return node.name !== undefined && node.name.getText() === name;
}

function findInterface(file: ts.SourceFile, name: string): ts.InterfaceDeclaration | undefined {
	return find(file, (node): node is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(node) && hasName(node, name));
}

/** Fields of an interface such as `output: ClassifyOutput | null`, with `?` where they are optional. */
export function fieldsOf(file: ts.SourceFile, name: string): string[] {
	const members: readonly ts.TypeElement[] = findInterface(file, name)?.members ?? [];
	return members.filter(ts.isPropertySignature).map((member) => {
		const type = (member.type?.getText() ?? 'unknown').replace(/\bExtend\./g, '').replace(/\s+/g, ' ');
		return `${member.name.getText().replace(/"/g, '')}${member.questionToken ? '?' : ''}: ${type}`;
	});
}

/** The texts that a constant object of the SDK allows; its enums are such objects. */
export function valuesOf(file: ts.SourceFile, name: string): string[] {
	const isWanted = (node: ts.Node): node is ts.VariableDeclaration => ts.isVariableDeclaration(node) && hasName(node, name);
	const type = find(file, isWanted)?.type;
	if (type === undefined || !ts.isTypeLiteralNode(type)) return [];
	return type.members.flatMap((member) => {
		const value = ts.isPropertySignature(member) ? member.type : undefined;
		return value && ts.isLiteralTypeNode(value) && ts.isStringLiteral(value.literal) ? [value.literal.text] : [];
	});
}

/** The values that the comment on a field lists, as `VALUE` and a dash: that is how the SDK documents open sets of texts. */
export function valuesInComment(file: ts.SourceFile, name: string, field: string): string[] {
	const member = findInterface(file, name)?.members.find((each) => hasName(each, field));
	return [...(member?.getFullText() ?? '').matchAll(/\* `([A-Z][A-Z0-9_]*)` - /g)].map(([, value = '']) => value);
}

/** Public methods of a class, each once. */
export function methodsOf(file: ts.SourceFile, name: string): string[] {
	const isWanted = (node: ts.Node): node is ts.ClassDeclaration => ts.isClassDeclaration(node) && hasName(node, name);
	const members: readonly ts.ClassElement[] = find(file, isWanted)?.members ?? [];
	const isHidden = (method: ts.MethodDeclaration) =>
		(method.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword);
	const shown = members.filter(ts.isMethodDeclaration).filter((method) => !isHidden(method));
	return [...new Set(shown.map((method) => method.name.getText()))];
}
