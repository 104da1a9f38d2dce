export const applications = {
  title: 'applications',
}
