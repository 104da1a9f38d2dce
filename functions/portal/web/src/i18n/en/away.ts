export const away = {
  title: 'away',
}
