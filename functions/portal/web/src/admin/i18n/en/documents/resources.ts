export const resources = {
}
