// German: chosen once, kept, and everywhere.
import { demoPerson, expect, test } from '../world/test'

test('a language is chosen on the page, at once and for good', async ({ arrives }) => {
  const dina = await arrives(demoPerson('dina'))
  await dina.opens('/tasks')
  await expect(dina.page.locator('html')).toHaveAttribute('lang', 'en')
  await dina.page.getByRole('combobox', { name: 'Language' }).selectOption('Deutsch')
  await expect(dina.page.locator('html')).toHaveAttribute('lang', 'de')
  await expect(dina.page.getByRole('heading', { level: 1, name: 'Aufgaben' })).toBeVisible()
  await expect(dina.page).toHaveTitle('Aufgaben · Latchkey')
  await dina.page.reload()
  await expect(dina.page.getByRole('heading', { level: 1, name: 'Aufgaben' })).toBeVisible()
})

test('a browser in German gets German, a browser in a language that is not there gets English', async ({ arrives }) => {
  const dina = await arrives(demoPerson('dina'), { locale: 'de-AT' })
  await dina.opens('/tasks')
  await expect(dina.page.getByRole('heading', { level: 1, name: 'Aufgaben' })).toBeVisible()
  const dora = await arrives(demoPerson('dora'), { locale: 'fr-FR' })
  await dora.opens('/tasks')
  await expect(dora.page.getByRole('heading', { level: 1, name: 'Tasks' })).toBeVisible()
})
