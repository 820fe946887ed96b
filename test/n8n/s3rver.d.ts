/** The part of s3rver that the tests use; the package has no types of its own. */
declare module 's3rver' {
	export default class S3rver {
		constructor(options: { address: string; port: number; directory: string; silent: boolean; vhostBuckets: boolean; configureBuckets: Array<{ name: string }> });
		/** Returns where it listens. */
		run(): Promise<{ port: number }>;
		close(): Promise<void>;
	}
}
