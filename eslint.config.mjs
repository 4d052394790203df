import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Strict, type-checked, everywhere. What is switched off stands here with its reason, never as a comment in the code. */
export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.yidi/', 'coverage/'] },
  {
    files: ['**/*.mjs'],
    ...js.configs.recommended,
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
      },
    },
  },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      // Nest modules are classes without members.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // bigint and number print plainly; amounts go through formatYuan by review, not by lint.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // The domain reads better with `interface` members typed as properties and methods alike.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A row that is typed where it is read is the point of the typed query helpers.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Request bodies are data classes without methods, and identity numbers are read character by character.
      '@typescript-eslint/no-misused-spread': 'off',
      // Nest and pg type their plain option objects as classes.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'no-console': 'error',
    },
  },
  { files: ['tools/**/*.ts', 'bench/**/*.ts'], rules: { 'no-console': 'off' } },
);
