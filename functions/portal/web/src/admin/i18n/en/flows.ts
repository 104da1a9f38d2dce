export const flows = {
}
