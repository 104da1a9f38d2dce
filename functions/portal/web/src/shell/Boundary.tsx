import { Component, type ReactNode } from 'react'

interface Props {
  /** Shown in the place of what broke. */
  instead: ReactNode
  children: ReactNode
}

/** Keeps a defect of one page from taking the others with it. */
export class Boundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false }
  static getDerivedStateFromError() { return { broken: true } }
  override render() { return this.state.broken ? this.props.instead : this.props.children }
}
