import { checkReachable, isReachable } from '../../../nodes/Extend/webhook/reach';

const CLOUD = 'https://api.eu1.extend.ai';
const OWN = 'http://extend.internal:8080';
const reachableOf = (hosts: string[]) => hosts.filter((host) => isReachable(`https://${host}/webhook/1/extend`, CLOUD));

/** Hosts that do not exist on the internet, by kind. */
const UNREACHABLE: Array<[string, string[]]> = [
	['single labels', ['n8n', 'N8N', 'localhost', 'LOCALHOST:5678', 'n8n-main', 'mylocalhost', 'n8n.', 'com']],
	['names of private networks', [
		'n8n.local', 'n8n.lan', 'n8n.home', 'n8n.home.arpa', 'n8n.internal', 'n8n.intranet', 'n8n.corp', 'n8n.private',
		'n8n.localdomain', 'n8n.localhost',
		'N8N.LAN', 'n8n.lan.', 'n8n.Home.Arpa:8443', 'a.b.c.internal', 'host.docker.internal', 'n8n.default.svc.cluster.local',
		'n8n.default.svc', 'n8n.fritz.box',
	]],
	['reserved names', ['n8n.test', 'n8n.invalid', 'n8n.example', 'n8n.onion', 'n8n.alt', '1.0.168.192.in-addr.arpa']],
	[
		'names that lead to private addresses', ['10.0.0.5.nip.io', 'n8n.192-168-1-5.sslip.io', '127.0.0.1.nip.io', 'n8n.lvh.me', 'localtest.me'],
	],
	['private IPv4', ['10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.2', '192.168.255.255:5678']],
	['IPv4 of this computer and of this network', ['127.0.0.1', '127.255.255.254', '0.0.0.0', '0.1.2.3']],
	['IPv4 shared by carriers, also used by VPNs', ['100.64.0.0', '100.64.0.7', '100.100.100.100', '100.127.255.255']],
	['link-local IPv4', ['169.254.0.1', '169.254.169.254', '169.254.255.255']],
	['reserved IPv4', [
		'192.0.0.8', '192.0.2.1', '198.51.100.7', '203.0.113.9', '192.88.99.1', '198.18.0.1', '198.19.255.255', '224.0.0.1',
		'239.255.255.255', '240.0.0.1', '255.255.255.255',
	]],
	['private IPv4 in other forms', [
		'2130706433', '0x7f000001', '0x7f.1', '127.1', '017700000001', '0300.0250.0.1', '192.168.257', '3232235777', '0x0a.0.0.1',
		'10.0.0.1.', '%31%30.0.0.1', '１０.0.0.1',
	]],
	['IPv6 of this computer, unspecified', ['[::1]', '[::]', '[0:0:0:0:0:0:0:1]']],
	['unique local IPv6', ['[fc00::1]', '[fd00::1]', '[FD12:3456:789A::1]:5678', '[fdff:ffff::]']],
	['link-local, site-local and multicast IPv6', ['[fe80::1]', '[febf::1]', '[fec0::1]', '[ff02::1]']],
	[
		'reserved IPv6',
		['[2001:db8::1]', '[3fff::1]', '[2001::1]', '[2001:2::1]', '[100::1]', '[64:ff9b:1::1]', '[4000::1]', '[3ffe::1]', '[5f00::1]'],
	],
	['private IPv4 within IPv6', [
		'[::ffff:10.0.0.1]', '[::ffff:7f00:1]', '[::ffff:8.8.8.8]', '[::10.0.0.1]', '[64:ff9b::10.0.0.1]', '[2002:a00:1::1]', '[2002:c0a8:101::]',
	]],
];

describe('isReachable', () => {
	it.each(UNREACHABLE)('is false for %s', (_kind, hosts) => {
		expect(reachableOf(hosts)).toEqual([]);
	});

	it.each<[string, string[]]>([
		[
			'names',
			['n8n.example.com', 'n8n.example.com:8443', 'n8n.example.com.', 'N8N.Example.COM', 'xn--bcher-kva.example.com', 'bücher.example.com'],
		],
		['names that only look private', [
			'10.example.com', '127.example.com', '192.168.1.1.example.com', 'localhost.example.com', 'local.example.com', 'lan.example.com',
			'internal.n8n.cloud', 'n8n.landing.dev',
			'notlvh.me', 'n8n.box', '8.8.8.8.nip.io', 'www.nip.io',
		]],
		['IPv4 beside the private ranges', [
			'1.1.1.1', '8.8.8.8', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255', '128.0.0.1',
			'169.253.255.255', '169.255.0.0', '172.15.255.255',
			'172.32.0.0', '191.255.255.255', '192.0.1.0', '192.0.3.0', '192.88.98.1', '192.167.255.255', '192.169.0.0', '198.17.255.255',
			'198.20.0.0', '198.51.99.1', '203.0.112.1',
			'203.0.114.1', '223.255.255.255', '134744072',
		]],
		['IPv6', [
			'[2606:4700:4700::1111]', '[2a01:4f8::1]', '[2001:200::1]', '[2001:4860:4860::8888]', '[2001:db9::1]', '[2002:808:808::1]', '[3ffd::1]',
		]],
	])('is true for public %s', (_kind, hosts) => {
		expect(reachableOf(hosts)).toEqual(hosts);
	});

	const NOT_HTTPS = ['http://n8n.example.com/w', 'ftp://n8n.example.com/w', 'n8n.example.com/w', 'https://', '//n8n.example.com/w', ''];
	it.each(NOT_HTTPS)('is false for %j, which is not https', (url) => {
		expect(isReachable(url, CLOUD)).toBe(false);
	});

	it.each(['https://api.extend.ai', 'https://api.us2.extend.app', CLOUD])('holds for %s', (baseUrl) => {
		expect(isReachable('https://n8n.lan/w', baseUrl)).toBe(false);
	});

	it('leaves it to a deployment of one\'s own what it can reach', () => {
		const urls = ['http://localhost:5678/w', 'https://n8n/w', 'https://n8n.lan/w', 'http://100.64.0.7/w', 'https://[fd00::1]/w'];
		expect(urls.filter((url) => !isReachable(url, OWN))).toEqual([]);
		expect(isReachable('n8n/w', OWN)).toBe(false);
	});
});

describe('checkReachable', () => {
	it.each([
		['http://n8n.example.com/w', 'it does not begin with https://'],
		['n8n.example.com/w', 'it does not begin with https://'],
		['https://localhost/w', 'this address exists in your own network only'],
		['https://n8n.lan/w', 'this address exists in your own network only'],
		['https://100.64.0.7/w', 'this address exists in your own network only'],
	])('says what is wrong with %s and what to set', (url, why) => {
		const advice = expect.stringContaining('Set the environment variable WEBHOOK_URL of n8n');
		expect(() => checkReachable(url, CLOUD)).toThrow(expect.objectContaining({
			message: `Extend cannot send events to "${url}": ${why}`,
			advice,
		}));
	});

	it('accepts an address that can be reached', () => {
		expect(() => checkReachable('https://n8n.example.com/w', CLOUD)).not.toThrow();
	});
});
