export const requests = {
  title: 'requests',
}
