// Without a mouse: everything has a key, and the focus is where one expects it.
import { expect, test } from '../world/test'

test('a request and its decision, by the keyboard alone', async ({ arrives, stage }) => {
  const boss = await stage.hire('Bea')
  const who = await stage.hire('Kit', { manager: boss.id })
  const resource = await stage.offer('Keys', [who], {
    steps: [{ approvers: ['manager'], needed: 'any' }], duration: { mode: 'choice', choices: ['PT1H', 'PT8H'] },
  })
  const kit = await arrives(who)
  await kit.opens('/requests')
  await kit.settles()
  const { keyboard } = kit.page
  const focused = kit.page.locator(':focus')

  await kit.page.reload()
  await kit.settles()
  await keyboard.press('Tab')
  await expect(focused).toHaveText('Skip to the content')
  await keyboard.press('Enter')
  await expect(kit.page.locator('main')).toBeFocused()

  // The tabs are one stop; arrows move between them, and Enter chooses.
  await kit.tabsTo('tab', 'Resources')
  await keyboard.press('ArrowRight')
  await expect(focused).toHaveText('Access')
  await keyboard.press('Enter')
  await kit.sees('/requests/access')
  await expect(focused).toHaveText('Access') // it stays where one is
  await keyboard.press('ArrowLeft')
  await expect(focused).toHaveText('Resources')
  await keyboard.press('Enter')
  await kit.sees('/requests')

  await kit.item(resource).locator('summary').focus()
  await keyboard.press('Enter')
  await kit.tabsTo('button', 'Select: Keys')
  await keyboard.press('Enter')
  const dialog = kit.page.getByRole('dialog')
  await expect(dialog.locator(':focus')).toHaveCount(1)
  await keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(focused).toHaveAccessibleName('Select: Keys') // back where it came from

  await keyboard.press('Enter')
  await kit.tabsTo('textbox', /^Why do you need access/)
  await keyboard.type('Lock up')
  await kit.tabsTo('combobox', 'Access duration')
  await keyboard.press('ArrowDown')
  await kit.tabsTo('button', 'Continue')
  await keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await kit.isTold(resource, 'Pending')
  await expect(focused).not.toHaveJSProperty('tagName', 'BODY')

  const bea = await arrives(boss)
  await bea.opens('/tasks')
  await bea.page.locator('main summary').first().focus()
  await bea.page.keyboard.press('Enter')
  await bea.tabsTo('button', 'Grant access')
  await bea.page.keyboard.press('Enter')
  await expect(bea.page.getByRole('dialog').locator(':focus')).toHaveCount(1)
  await bea.tabsTo('button', 'Grant access')
  await bea.page.keyboard.press('Enter')
  await expect(bea.page.getByRole('dialog')).toBeHidden()
  await kit.isTold(resource, 'Active')
})

test('a dialog keeps the focus inside it', async ({ arrives, stage }) => {
  const who = await stage.hire('Kai')
  const resource = await stage.offer('Cage', [who])
  const kai = await arrives(who)
  await kai.opens('/requests')
  const dialog = await kai.selects(resource)
  const stops = await dialog.locator('button, textarea, select, input').count()
  for (let n = 0; n < stops + 2; n++) {
    await kai.page.keyboard.press('Tab')
    const outside = await kai.page.evaluate(() => !document.activeElement?.closest('dialog') && document.activeElement !== document.body)
    expect(outside, 'the focus is behind the dialog').toBe(false)
  }
})

test('who goes to another area by the keyboard goes on in it', async ({ arrives, stage }) => {
  const kim = await arrives(await stage.hire('Kim'))
  await kim.opens('/tasks')
  await kim.tabsTo('link', 'Applications')
  await kim.page.keyboard.press('Enter')
  await kim.sees('/applications')
  await expect(kim.page.locator('main')).toBeFocused()
})
