import { Button } from '../../../ui/Button'
import { newField, type FieldDraft } from '../form/draft'
import { useFlowWords } from '../words'
import { At } from './At'
import type { Editing } from './edit'
import styles from './Editor.module.css'
import { FieldEditor } from './FieldEditor'
import { moved } from './move'
import { Order } from './Order'
import { Section } from './Section'

/** What a requester is asked beside the reason. */
export function FieldsPart({ draft, edit }: Editing) {
  const { t } = useFlowWords()
  const { fields } = draft
  const put = (next: FieldDraft[]) => edit({ fields: next }, '/fields')
  return (
    <Section words={t.section.fields}>
      {fields.length === 0 && <p className="quiet">{t.field.none}</p>}
      <ol className={styles.items}>
        {fields.map((field, n) => (
          <li key={field.key} className={styles.item}>
            <div className={styles.itemHead}>
              <h3>{t.field.title(n + 1)}</h3>
              <Order n={n} of={fields.length} words={t.field} onRemove={() => put(fields.toSpliced(n, 1))} onMove={(to) => put(moved(fields, n, to))} />
            </div>
            <FieldEditor field={field} pointer={`/fields/${n}`} onChange={(change, ...touched) => edit({ fields: fields.with(n, { ...field, ...change }) }, ...touched)} />
            <At pointer={`/fields/${n}`} />
          </li>
        ))}
      </ol>
      <At pointer="/fields" />
      <div className={styles.adder}><Button onClick={() => put([...fields, newField()])}>{t.field.add}</Button></div>
    </Section>
  )
}
