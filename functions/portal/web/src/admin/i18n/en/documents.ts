export const documents = {
}
