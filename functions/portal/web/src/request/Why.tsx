import { asApiError } from '../api/problem'
import { useExplanation } from '../api/queries'
import { useT } from '../i18n'
import { Loaded } from '../ui/States'
import styles from './Page.module.css'

/** Why a request stands where it stands, in the API's own sentences. */
export function Why({ id }: { id: string }) {
  const t = useT()
  const why = useExplanation(id)
  if (asApiError(why.error)?.code === 'forbidden') return <p className="quiet">{t.request.page.historyHidden}</p>
  return (
    <Loaded query={why} rows={2}>
      {({ sentences }) => <ol className={styles.why} lang="en">{sentences.map((sentence, n) => <li key={n}>{sentence}</li>)}</ol>}
    </Loaded>
  )
}
