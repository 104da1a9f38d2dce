export const devices = {
}
