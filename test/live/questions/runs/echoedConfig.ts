import { LIGHT_PAGE } from '../../lab/config';
import { objectIn, textAt } from '../../lab/read';
import type { Question } from '../../question';

export const echoedConfig: Question = {
	name: 'echoedConfig',
	asks: 'Which settings that were not sent does the configuration of a run hold?',
	maxCredits: () => LIGHT_PAGE,
	async ask(lab) {
		const config = objectIn(objectIn(await lab.sampleRun()).config);
		const parse = objectIn(config.parseConfig);
		return {
			facts: {
				'the version of the base processor': textAt(config, 'baseVersion') === undefined ? 'not said' : 'filled in',
				'the version of the parse engine': textAt(parse, 'engineVersion') ?? 'not said',
			},
			seen: [JSON.stringify({ ...config, classifications: undefined })],
		};
	},
};
