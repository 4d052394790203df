/** Unit tests are *.spec.ts, tests with real Postgres or Kafka *.itest.ts, the month from end to end *.e2e.ts. */
const common = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'es6' },
        jsc: {
          target: 'es2024',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
        },
      },
    ],
  },
  moduleNameMapper: {
    '^#shared/(.*)$': '<rootDir>/libs/shared/src/$1/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  setupFiles: ['reflect-metadata'],
  modulePathIgnorePatterns: ['<rootDir>/dist'],
};
export default {
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs,tools}/**/*.spec.ts'] },
    { ...common, displayName: 'servers', testMatch: ['<rootDir>/{apps,libs,tools}/**/*.itest.ts'] },
    { ...common, displayName: 'month', testMatch: ['<rootDir>/{apps,libs,tools}/**/*.e2e.ts'] },
  ],
  testTimeout: 60_000,
};
