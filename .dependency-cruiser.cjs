// Who may import whom. contracts ← libraries ← service-kit ← services ← test; tools stand beside the services.
const SERVICE = '^services/([^/]+)/';
const AMQP = '^node_modules/(@types/)?amqplib';
const S3 = '^node_modules/minio';
const NAMELESS = '(^|/)(common|shared|utils|helpers|core)/';

// The floors of a package (.dependency-cruiser.floors.json), the highest first. On a floor lie rooms (folders), which
// import from lower floors only, never from each other, and single files that rooms may use, which together count as
// one room. Files that are not named here (index.ts, main.ts) lie on top; a folder that is not named is a fault. A room
// may have floors of its own. Specs, and folders called testing, may import from any floor.
const FLOORS = require('./.dependency-cruiser.floors.json');

const SPEC = '\\.spec\\.tsx?$';
const isFile = (entry) => /\.[a-z]+$/.test(entry);
const pathOf = (house, entry) => `^${house}/${entry}`.replaceAll('.', '\\.') + (isFile(entry) ? '$' : '/');

function floorRules([house, floors]) {
  const paths = (entries) => entries.map((entry) => pathOf(house, entry));
  const downwards = floors.flatMap((entries, floor) => {
    const lower = floors.slice(floor + 1).flat();
    const rooms = [...entries.filter((entry) => !isFile(entry)).map((room) => [room]), entries.filter(isFile)];
    return rooms.map((room) => ({
      name: 'floors',
      comment: `${room.join(', ')} of ${house} may import from ${lower.join(', ') || 'no other room'}.`,
      severity: 'error',
      from: { path: paths(room), pathNot: SPEC },
      to: { path: `^${house}/`, pathNot: paths([...room, ...lower, 'testing']) },
    }));
  });
  const homeless = {
    name: 'room-without-floor',
    comment: `Say in .dependency-cruiser.floors.json on which floor of ${house} it lies.`,
    severity: 'error',
    from: { path: `^${house}/[^/]+/`, pathNot: paths([...floors.flat(), 'testing']) },
    to: {},
  };
  return [...downwards.filter(({ from }) => from.path.length > 0), homeless];
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(FLOORS).flatMap(floorRules),
    {
      name: 'house-without-floors',
      comment: 'A package with rooms has a line in .dependency-cruiser.floors.json.',
      severity: 'error',
      from: {
        path: '^(libs|services|tools)/[^/]+/src/[^/]+/',
        pathNot: [...Object.keys(FLOORS).map((house) => `^${house}/`), '/(migrations|testing)/'],
      },
      to: {},
    },
    {
      name: 'testing-outside-specs',
      comment: 'What is in a folder called testing is not built.',
      severity: 'error',
      from: { pathNot: [SPEC, '/testing/', '^(test|bench)/'] },
      to: { path: '^(libs|services|tools)/.*/testing/' },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or need a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'service-imports-service',
      comment: 'Services talk by messages.',
      severity: 'error',
      from: { path: SERVICE },
      to: { path: SERVICE, pathNot: '^services/$1/' },
    },
    {
      name: 'library-imports-upwards',
      comment: 'A library knows no service, no tool and no test.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(services|tools|test|bench)/' },
    },
    {
      name: 'service-imports-upwards',
      severity: 'error',
      from: { path: '^services/' },
      to: { path: '^(tools|test|bench)/' },
    },
    {
      name: 'tool-imports-service',
      comment: 'Tools start services and talk to them; they never link them.',
      severity: 'error',
      from: { path: '^tools/' },
      to: { path: '^(services|test|bench)/' },
    },
    {
      name: 'contracts-imports-ours',
      comment: 'Contracts are the bottom.',
      severity: 'error',
      from: { path: '^libs/contracts/' },
      to: { path: '^(libs|services|tools)/', pathNot: '^libs/contracts/' },
    },
    {
      name: 'zip-imports-ours',
      comment: 'The ZIP writer stands alone.',
      severity: 'error',
      from: { path: '^libs/zip/' },
      to: { path: '^(libs|services|tools)/', pathNot: '^libs/zip/' },
    },
    {
      name: 'library-imports-service-kit',
      comment: 'The service kit is made of the other libraries.',
      severity: 'error',
      from: { path: '^libs/', pathNot: '^libs/service-kit/' },
      to: { path: '^libs/service-kit/' },
    },
    {
      name: 'amqp-outside-messaging',
      severity: 'error',
      from: { path: '^(libs|services|tools)/', pathNot: '^libs/messaging/' },
      to: { path: AMQP },
    },
    {
      name: 'rxjs-outside-its-edges',
      comment: 'Nest wants observables of a transport and of an exception filter; everybody else awaits.',
      severity: 'error',
      from: { path: '^(libs|services|tools)/', pathNot: ['^libs/messaging/', '^libs/service-kit/src/errors/'] },
      to: { path: '^node_modules/rxjs' },
    },
    {
      name: 's3-outside-object-store',
      severity: 'error',
      from: { path: '^(libs|services|tools)/', pathNot: '^libs/object-store/' },
      to: { path: S3 },
    },
    {
      name: 'repository-imports-upwards',
      comment: 'Inside a service: controller → service or step → worker → repository → entity.',
      severity: 'error',
      from: { path: '^services/.*\\.(repository|entity)\\.ts$' },
      to: { path: '^services/.*\\.(controller|service|step|worker)\\.ts$' },
    },
    {
      name: 'service-class-imports-controller',
      severity: 'error',
      from: { path: '^services/.*\\.(service|step|worker)\\.ts$' },
      to: { path: '^services/.*\\.controller\\.ts$' },
    },
    {
      name: 'controller-imports-repository',
      severity: 'error',
      from: { path: '^services/.*\\.controller\\.ts$' },
      to: { path: '^services/.*\\.repository\\.ts$' },
    },
    {
      name: 'lightbox-imports-lightbox',
      comment: 'Each is about one thing; the page opens one by its address.',
      severity: 'error',
      from: { path: '^services/gateway/web/src/(lightboxes|request)/' },
      to: { path: '-lightbox\\.tsx$' },
    },
    {
      name: 'into-the-inside-of-a-library',
      comment:
        'A library is what its index.ts says. Entries of their own: zip/threads, service-kit/keys, service-kit/openapi, ' +
        'and the rule for passwords, which the page takes without the rest of contracts.',
      severity: 'error',
      from: { path: '^(libs|services|tools)/([^/]+)/' },
      to: {
        path: '^libs/[^/]+/src/',
        pathNot: [
          '^libs/[^/]+/src/index\\.ts$',
          '^libs/(zip/src/threads|service-kit/src/(keys|openapi))/index\\.ts$',
          '^libs/contracts/src/archive-password\\.ts$',
          '^$1/$2/',
        ],
      },
    },
    {
      name: 'nameless-folder',
      comment: 'A folder called like this says nothing: name it after what it is about.',
      severity: 'error',
      from: {},
      to: { path: NAMELESS, pathNot: 'node_modules' },
    },
    {
      name: 'file-in-nameless-folder',
      severity: 'error',
      from: { path: NAMELESS, pathNot: 'node_modules' },
      to: {},
    },
    {
      name: 'unresolvable',
      comment:
        'Left out: types alone (schema.d.ts), and a package whose exports have conditions that are not read here.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(\\./schema\\.js|react-aria-components)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^(libs|services|tools)/[^/]+/dist/', '(^|/)node_modules/.*/node_modules/', '^test/.*\\.mjs$'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
