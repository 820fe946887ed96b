import { SAVED } from '../workflow/setup';
import { describeSoaks } from './soakChecks';

describeSoaks('1,000 files, classified with a saved classifier', [1, 2, 3, 4, 5], {
	documents: 1_000,
	parameters: { classifier: SAVED },
	settings: { onError: 'continueErrorOutput' },
	options: { listLagMs: 1_000 },
	mayFail: 0.01,
});
