// Who may import whom. contracts ← libraries ← service-kit ← services ← test; tools stand beside the services.
const SERVICE = '^services/([^/]+)/';
const AMQP = '^node_modules/(@types/)?amqplib';
const S3 = '^node_modules/minio';
const NAMELESS = '(^|/)(common|shared|utils|helpers|core)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
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
      name: 's3-outside-object-store',
      severity: 'error',
      from: { path: '^(libs|services|tools)/', pathNot: '^libs/object-store/' },
      to: { path: S3 },
    },
    {
      name: 'repository-imports-upwards',
      comment: 'Inside a service: controller → service → repository → entity.',
      severity: 'error',
      from: { path: '^services/.*\\.(repository|entity)\\.ts$' },
      to: { path: '^services/.*\\.(controller|service)\\.ts$' },
    },
    {
      name: 'service-class-imports-controller',
      severity: 'error',
      from: { path: '^services/.*\\.service\\.ts$' },
      to: { path: '^services/.*\\.controller\\.ts$' },
    },
    {
      name: 'controller-imports-repository',
      severity: 'error',
      from: { path: '^services/.*\\.controller\\.ts$' },
      to: { path: '^services/.*\\.repository\\.ts$' },
    },
    {
      name: 'into-the-inside-of-a-library',
      comment: 'A library is what its index.ts says.',
      severity: 'error',
      from: { path: '^(libs|services|tools)/([^/]+)/' },
      to: { path: '^libs/[^/]+/src/', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^$1/$2/'] },
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
    exclude: { path: ['^[^/]+/[^/]+/dist/', '(^|/)node_modules/.*/node_modules/', '^test/.*\\.mjs$'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
