import tseslint from 'typescript-eslint'

export default tseslint.config(
  { ignores: ['eslint.config.js'] },
  ...tseslint.configs.recommended,
  {
    languageOptions: { parserOptions: { projectService: true } },
    // An expectation that nobody waits for cannot fail.
    rules: { '@typescript-eslint/no-floating-promises': 'error', '@typescript-eslint/await-thenable': 'error' },
  },
)
