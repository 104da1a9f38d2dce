import type { Schemas } from '../api/client'
import { useT } from '../i18n'
import { Moment } from '../ui/Moment'
import { useEvents } from './events'
import { useActor } from './sentences'
import { exchanges, nameIn } from './turns'
import styles from './Conversation.module.css'

type Event = Schemas['Event']

/** What approvers asked, and what the requester answered, to who may read it. */
export function Conversation({ request }: { request: Schemas['Request'] }) {
  const t = useT()
  const words = t.request.page
  const actor = useActor()
  const asked = request.steps.some((step) => step.decisions.some((d) => d.decision === 'ask'))
  const events = useEvents(request.id, request.version, asked)
  const all = exchanges(events.data ?? [])
  const name = (event: Event) => actor(event, (id) => nameIn(request, id))
  if (all.length === 0) {
    return request.question ? <section className="tight"><h3>{words.questions}</h3><blockquote className={styles.said}>{request.question}</blockquote></section> : null
  }
  return (
    <section className="tight">
      <h3>{words.questions}</h3>
      <ol className={styles.talk}>
        {all.map(({ question, answer }) => (
          <li key={question.seq} className="tight">
            <Said who={words.asksIn(name(question))} at={question.at} text={question.texts.reason} />
            {answer
              ? <Said who={words.answersIn(name(answer))} at={answer.at} text={answer.texts.answer} reply />
              : request.status === 'needs_info' && <p className="small quiet">{words.noAnswer}</p>}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Said({ who, at, text, reply }: { who: string; at: string; text: Schemas['Text'] | undefined; reply?: boolean }) {
  const t = useT()
  return (
    <div className={reply ? styles.reply : undefined}>
      <p className="small">{who} <span className="quiet"><Moment at={at} /></span></p>
      <blockquote className={styles.said}>{text?.text ?? t.request.page.erased}</blockquote>
    </div>
  )
}
