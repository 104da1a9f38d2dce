export const groups = {
}
