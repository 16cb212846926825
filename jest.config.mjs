const base = {
  rootDir: '.',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // Some of our libraries touch a jest global after the file is over; cleaning globals up would only warn about that.
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'], globalsCleanup: 'off' },
  modulePathIgnorePatterns: ['<rootDir>/.data', '<rootDir>/[^/]+/[^/]+/dist'],
};

const quiet = { setupFilesAfterEnv: ['<rootDir>/test/support/quiet.ts'] };

export default {
  coverageProvider: 'v8',
  // Real parts on a busy machine take their time: a test that takes two minutes counts as hanging.
  testTimeout: 120_000,
  // Node 20 never frees a module of node:vm, and each file of tests loads its own: a worker that has grown is replaced.
  workerIdleMemoryLimit: '512MB',
  // Node takes long to give back such a heap at its exit. What hangs for longer than this is still named.
  workerGracefulExitTimeout: 10_000,
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/{libs,services,tools}/*/{src,web/src}/**/*.spec.ts'] },
    { ...base, ...quiet, displayName: 'architecture', testMatch: ['<rootDir>/test/architecture/**/*.test.ts'] },
    {
      ...base,
      ...quiet,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/{integration,protocol}/**/*.test.ts'],
    },
    { ...base, displayName: 'e2e', testMatch: ['<rootDir>/test/{e2e,chaos}/**/*.test.ts'] },
  ],
};
