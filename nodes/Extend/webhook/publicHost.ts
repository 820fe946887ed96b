/**
 * Endings of names that do not exist on the internet.
 * @see https://www.iana.org/assignments/special-use-domain-names
 * @see https://www.rfc-editor.org/rfc/rfc6762#appendix-G names that private networks use
 */
const PRIVATE_DOMAINS = [
	...['local', 'localhost', 'localdomain', 'internal', 'intranet', 'private', 'corp', 'home', 'lan', 'arpa'],
	...['test', 'example', 'invalid', 'onion', 'alt'],
	// Docker, Kubernetes and Consul; common names of routers and servers at home.
	...['docker', 'svc', 'consul', 'localnet', 'workgroup', 'homelab', 'dhcp', 'router', 'fritz.box', 'mshome.net'],
	// Public names that lead to the computer itself.
	...['lvh.me', 'localtest.me', 'vcap.me', 'lacolhost.com', 'localhost.direct'],
];

/** Services that answer with the IPv4 address that is part of the name, such as 10.0.0.5.nip.io or n8n.10-0-0-5.sslip.io. */
const ADDRESS_IN_NAME = /(?:^|[.-])(\d{1,3})[.-](\d{1,3})[.-](\d{1,3})[.-](\d{1,3})\.(?:nip\.io|sslip\.io|traefik\.me)$/;

/**
 * Ranges that the internet does not route, with the length of their prefix.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const RESERVED_IPV4: ReadonlyArray<[string, number]> = [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.0.0.0', 24],
	['192.0.2.0', 24],
	['192.88.99.0', 24],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['198.51.100.0', 24],
	['203.0.113.0', 24],
	['224.0.0.0', 3],
];

/** Exceptions within 2000::/3, the only range of the public internet. @see https://www.iana.org/assignments/iana-ipv6-special-registry */
const RESERVED_IPV6: ReadonlyArray<[number, number, number]> = [
	// First group, then the lowest and the highest second group: protocols, documentation, and what was 6bone.
	[0x2001, 0, 0x1ff],
	[0x2001, 0xdb8, 0xdb8],
	[0x3ffe, 0, 0xffff],
	[0x3fff, 0, 0xfff],
];

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;

/**
 * Whether the internet can reach a host, as far as its name tells.
 * @param hostname of a URL object, which has brought addresses in other forms, such as 0x7f.1, into the usual one
 */
export function isPublicHost(hostname: string): boolean {
	const name = hostname.replace(/\.$/, '');
	if (name.startsWith('[')) return isPublicIpv6(name.slice(1, -1));
	if (IPV4.test(name)) return isPublicIpv4(name);
	const address = ADDRESS_IN_NAME.exec(name)?.slice(1).join('.');
	if (address !== undefined && !isPublicIpv4(address)) return false;
	return name.includes('.') && !PRIVATE_DOMAINS.some((domain) => name === domain || name.endsWith(`.${domain}`));
}

function isPublicIpv4(address: string): boolean {
	const value = numberOf(address);
	return !RESERVED_IPV4.some(([start, prefixLength]) => {
		const size = 2 ** (32 - prefixLength);
		return Math.floor(value / size) === Math.floor(numberOf(start) / size);
	});
}

function numberOf(ipv4: string): number {
	return ipv4.split('.').reduce((value, part) => value * 256 + Number(part), 0);
}

function isPublicIpv6(address: string): boolean {
	const [first = 0, second = 0, third = 0] = groupsOf(address);
	if (first < 0x2000 || first > 0x3fff) return false;
	// 6to4 holds an IPv4 address.
	if (first === 0x2002) return isPublicIpv4([second >> 8, second & 0xff, third >> 8, third & 0xff].join('.'));
	return !RESERVED_IPV6.some(([group, lowest, highest]) => first === group && second >= lowest && second <= highest);
}

/** The eight groups of an address; `::` stands for groups of zeros. */
function groupsOf(address: string): number[] {
	const [head = [], tail = []] = address.split('::').map((part) => part.split(':').filter((group) => group !== ''));
	const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0');
	return [...head, ...zeros, ...tail].map((group) => Number.parseInt(group, 16));
}
