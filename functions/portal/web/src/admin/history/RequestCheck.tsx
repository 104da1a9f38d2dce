import { Disclosure } from '../../ui/Disclosure'
import { useAdminT } from '../messages'
import { HashCheck } from './HashCheck'

/** The check of a request's history, once it is asked for. */
export default function RequestCheck({ id }: { id: string }) {
  const { moves } = useAdminT().requests
  return <Disclosure summary={moves.check}><HashCheck id={id} /></Disclosure>
}
