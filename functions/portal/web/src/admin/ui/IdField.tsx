import { TextField } from '../../ui/Field'
import { useAdminT } from '../messages'

/** The id of a new document, which it keeps for good. */
export function IdField({ value, onChange, error }: { value: string; onChange: (id: string) => void; error?: string }) {
  const { document: t } = useAdminT()
  return (
    <TextField
      label={t.id} hint={t.idHint} error={error} required maxLength={63} value={value}
      onChange={(event) => onChange(event.target.value.trim().toLowerCase())}
      autoComplete="off" autoCapitalize="none" spellCheck={false}
    />
  )
}
