export const integrations = {
  title: 'integrations',
}
