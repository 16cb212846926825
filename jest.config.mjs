const base = {
  rootDir: '.',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // Some libraries of ours look at a global of jest when the file is over: cleaning up would only warn of it.
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'], globalsCleanup: 'off' },
  setupFilesAfterEnv: ['<rootDir>/test/support/each-file.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.data', '<rootDir>/[^/]+/[^/]+/dist'],
};

export default {
  coverageProvider: 'v8',
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/{libs,services,tools}/*/{src,web/src}/**/*.spec.ts'] },
    { ...base, displayName: 'architecture', testMatch: ['<rootDir>/test/architecture/**/*.test.ts'] },
    { ...base, displayName: 'integration', testMatch: ['<rootDir>/test/integration/**/*.test.ts'] },
    { ...base, displayName: 'e2e', testMatch: ['<rootDir>/test/{e2e,chaos}/**/*.test.ts'] },
  ],
};
