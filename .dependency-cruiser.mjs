/** Imports run one way: controller, consumer, repository → use case → domain → libs/shared (house rule). */

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-app-imports-an-app',
      comment: 'What two services say to each other is in libs/shared/src/contracts.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'shared-knows-no-app',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(apps|tools|bench)/', pathNot: '^tools/launcher/' },
    },
    {
      name: 'apps-know-no-tools',
      severity: 'error',
      from: { path: '^apps/', pathNot: '\\.(itest|e2e)\\.ts$' },
      to: { path: '^(tools|bench)/' },
    },
    {
      name: 'rules-are-free-of-frameworks',
      comment: 'A rule is a pure function: no Nest, TypeORM or Kafka, no I/O.',
      severity: 'error',
      from: {
        path: '^apps/[^/]+/src/[^/]+/rules/|\\.transitions\\.ts$|^apps/settlement/src/(benefit|scope)/',
        pathNot: '\\.(spec|itest)\\.ts$',
      },
      to: { path: 'node_modules/(@nestjs|typeorm|kafkajs|pg)/|^libs/shared/src/(database|bus|service)/' },
    },
    {
      name: 'kafkajs-behind-one-port',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^libs/shared/src/bus/(kafka-[a-z]+|testing/[a-z-]+)\\.ts$' },
      to: { path: 'node_modules/kafkajs/' },
    },
    {
      name: 'naive-engine-knows-nobody',
      comment: 'The second benefit engine is worth something only while it shares nothing with the first.',
      severity: 'error',
      from: { path: '^tools/cases/naive/' },
      to: { path: '^(apps|libs|tools|node_modules)/', pathNot: '^tools/cases/naive/|^node_modules/decimal\\.js/' },
    },
    {
      name: 'no-tests-in-code',
      severity: 'error',
      from: { pathNot: '\\.(spec|itest|e2e)\\.ts$|/testing/' },
      to: { path: '\\.(spec|itest|e2e)\\.ts$|/testing/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['yidi-source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.mjs'],
    },
  },
};
