export const requests = {
}
