import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, call, type Schemas } from '../../api/client'
import { useWords } from '../../i18n'
import { inWords } from '../../lib/duration'
import { Select, TextField } from '../../ui/Field'
import { useAdminT } from '../messages'
import { others, standing } from './durations'
import styles from './Moves.module.css'

type Unit = 'M' | 'H' | 'D'

const units: Unit[] = ['M', 'H', 'D']
const another = 'another'

/** The duration that an admin gives: as it stands, as asked, another of the flow's choices, or any. */
export function useDuration(request: Schemas['Request']) {
  const { id, version } = request.flow
  const flow = useQuery({
    queryKey: ['admin', 'flow', id, version],
    queryFn: () => call(api.GET('/v1/admin/flows/{id}/versions/{version}', { params: { path: { id, version } } })),
    enabled: Boolean(request.duration),
    staleTime: Infinity, // a version stays as it is
  })
  const [choice, setChoice] = useState('')
  const [amount, setAmount] = useState('')
  const [unit, setUnit] = useState<Unit>('H')
  const [tried, setTried] = useState(false)
  const whole = /^[1-9]\d{0,4}$/.test(amount)
  return {
    asked: request.duration,
    stands: standing(request),
    choices: others(request, flow.data?.duration.choices),
    choice, setChoice, amount, setAmount, unit, setUnit,
    missing: tried && choice === another && !whole,
    take: (): { ok: boolean; duration?: string } => {
      setTried(true)
      if (choice !== another) return { ok: true, duration: choice || undefined }
      return whole ? { ok: true, duration: unit === 'D' ? `P${amount}D` : `PT${amount}${unit}` } : { ok: false }
    },
  }
}

interface Props {
  of: ReturnType<typeof useDuration>
  error?: string
}

export function DurationFields({ of, error }: Props) {
  const { locale } = useWords()
  const t = useAdminT().requests.moves.override
  const free = of.choice === another
  const said = (one: string) => {
    const words = inWords(one, locale)
    return one === of.asked ? t.asked(words) : one === of.stands ? t.stands(words) : words
  }
  return (
    <>
      <Select label={t.duration} value={of.choice} onChange={(event) => of.setChoice(event.target.value)} error={free ? undefined : error}>
        <option value="">{said(of.stands ?? '')}</option>
        {of.choices.map((one) => <option key={one} value={one}>{said(one)}</option>)}
        <option value={another}>{t.another}</option>
      </Select>
      {free && (
        <div className={styles.another}>
          <TextField
            label={t.amount} required inputMode="numeric" autoComplete="off" value={of.amount} onChange={(event) => of.setAmount(event.target.value.trim())}
            error={of.missing ? t.amountMissing : error}
          />
          <Select label={t.unit} value={of.unit} onChange={(event) => of.setUnit(event.target.value as Unit)}>
            {units.map((unit) => <option key={unit} value={unit}>{t.units[unit]}</option>)}
          </Select>
        </div>
      )}
    </>
  )
}
