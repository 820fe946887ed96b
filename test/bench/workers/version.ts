/* eslint-disable @n8n/community-nodes/no-restricted-globals -- names the Node that runs the workers */
import { answerParent } from '../lib/worker';

answerParent(async () => process.versions.node);
