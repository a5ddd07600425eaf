// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer.h"

#include "model/keptversion.h"
#include "model/textcount.h"
#include "ui/composer/attachmentlist.h"
#include "ui/composer/choicebar.h"
#include "ui/composer/composeredit.h"
#include "ui/shell/errortext.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QTextCursor>

namespace Earshot {

// From the button to the desk's answer.

void Composer::send(bool thenResolve, Consent consent)
{
    if (!m_mode || m_isSending)
        return;
    m_choices->clear();
    if (!hasText() && draft().media.isEmpty() && arriving() == 0) {
        m_choices->ask(isOfNote() ? tr("The note is empty.") : tr("The reply is empty."));
        return;
    }
    if (waitsForMedia(thenResolve, consent))
        return;
    if (asksAboutGap(thenResolve, consent) || asksBeforeSending(thenResolve, consent))
        return;
    keepDraft();
    setSending(true);
    const DraftRecord written = m_book->record(m_subject.conversation.id, *m_mode, m_desk.workspace().clock().now());
    whenDone(m_desk.performWritten(actions(thenResolve, consent), written), this,
             [this, conversation = m_subject.conversation.id, mode = *m_mode, thenResolve, consent](
                 const QList<Outcome> &outcomes) { onOutcomes(conversation, mode, thenResolve, consent, outcomes); });
}

bool Composer::asksBeforeSending(bool thenResolve, Consent consent)
{
    if (isOfNote())
        return false;
    const TextCount count = this->count();
    if (count.isTooLong() && !consent.toBeTooLong && !consent.toSplit) {
        Consent given = consent;
        given.toBeTooLong = true;
        const auto anyway = [this, thenResolve, given] { send(thenResolve, given); };
        Consent toSplit = consent;
        toSplit.toSplit = true;
        QList<ChoiceBar::Choice> choices;
        if (const qsizetype number = parts().size(); number > 1)
            choices.append({tr("Split into %Ln", nullptr, int(number)),
                            [this, thenResolve, toSplit] { send(thenResolve, toSplit); }});
        choices.append({tr("Send anyway"), anyway});
        m_choices->ask(
            tr("The reply is %Ln character(s) longer than this network takes; it will most likely be refused.", nullptr,
               count.used - count.limit),
            choices);
        return true;
    }
    const bool isWider = m_target && visibility() < m_target->visibility;
    if (isWider && !consent.toMoreReaders) {
        Consent given = consent;
        given.toMoreReaders = true;
        const auto anyway = [this, thenResolve, given] { send(thenResolve, given); };
        m_choices->ask(tr("%1 wrote privately. Everybody could read this reply.")
                           .arg(Wording::isolated(m_subject.conversation.contactName)),
                       {{tr("Publish anyway"), anyway}});
        return true;
    }
    return false;
}

QList<Action> Composer::actions(bool thenResolve, Consent consent)
{
    const Time now = m_desk.workspace().clock().now();
    const Draft &written = draft();
    const ConversationId conversation = m_subject.conversation.id;
    const QString text = written.history->text();
    QList<Action> list;
    if (isOfNote()) {
        ActionArguments note = Act::AddNote{conversation, text};
        if (m_mode == Mode::noteEdit)
            note = Act::EditNote{written.target, text,
                                 written.original.isEmpty() ? QString() : versionOfNote(written.original)};
        list.append(makeAction(note, now, written.basedOn));
        list.last().force = consent.toMoveOn;
        if (thenResolve) {
            const Reason reason = m_subject.conversation.needsAnswer ? Reason::noAnswerNeeded : Reason::answered;
            list.append(makeAction(Act::SetStatus{conversation, Status::resolved, reason, {}}, now, written.basedOn));
        }
        return list;
    }
    Act::SendReply reply;
    reply.conversation = conversation;
    reply.target = m_target ? m_target->id : MessageId();
    reply.text = text;
    if (m_subject.channel.capabilities.hasContentWarning)
        reply.contentWarning = written.contentWarning;
    reply.language = m_target ? m_target->language : QString();
    if (!written.language.isEmpty() && written.language != QLatin1StringView("none"))
        reply.language = written.language.section(QLatin1Char('_'), 0, 0);
    if (m_target && visibility() != m_target->visibility)
        reply.visibility = visibility();
    reply.mayWiden = consent.toMoreReaders;
    reply.mayAnswerGone = consent.toAnswerGone;
    const QStringList all = recipients();
    for (const QString &name : written.leftOut) {
        if (all.contains(name))
            reply.leftOut.append(name);
    }
    reply.media = written.media;
    if (consent.toSplit) {
        reply.furtherParts = parts();
        reply.text = reply.furtherParts.takeFirst();
    }
    reply.thenResolve = thenResolve;
    Action action = makeAction(reply, now, written.basedOn);
    action.force = consent.toMoveOn;
    list.append(action);
    return list;
}

void Composer::setSending(bool isSending)
{
    m_isSending = isSending;
    m_edit->setReadOnly(isSending);
    m_attachments->setEnabled(!isSending);
    if (m_mode)
        showSendButton();
    Q_EMIT sendingChanged();
}

void Composer::onOutcomes(ConversationId conversation, Mode mode, bool thenResolve, Consent consent,
                          const QList<Outcome> &outcomes)
{
    setSending(false);
    const bool isApplied = !outcomes.isEmpty() && outcomes.constFirst().isApplied();
    if (!isApplied) {
        Refusal refusal;
        refusal.kind = RefusalKind::tryAgain;
        refusal = outcomes.isEmpty() ? refusal : outcomes.constFirst().refusal;
        if (isWriting(conversation, mode))
            explain(refusal, thenResolve, consent);
        else
            Q_EMIT message(tr("Not sent; the text is kept as a draft. %1").arg(ErrorText::of(refusal)));
        return;
    }
    Draft &written = m_book->draft(conversation, mode);
    m_isLoading = true;
    QTextCursor all(written.document.get());
    all.select(QTextCursor::Document);
    all.removeSelectedText();
    written.contentWarning.clear();
    written.media.clear();
    written.leftOut.clear();
    written.language.clear();
    written.target = MessageId();
    written.original.clear();
    written.basedOn = 0;
    written.thenResolve = false;
    m_isLoading = false;
    drop(conversation, mode);
    if (isWriting(conversation, mode)) {
        m_mode.reset();
        holdDraft();
        // While it is there: else the focus would pass through whatever is next.
        Q_EMIT openChanged(false);
        hide();
        tellWriting(false);
    }
    m_book->tell(conversation, mode);
    if (const DeliveryId held(outcomes.constFirst().created); !DraftRecord::isOfNote(mode)) {
        if (held.isValid()) {
            Q_EMIT replyHeld(conversation, held);
        } else {
            Q_EMIT replyUnshown(conversation);
            Q_EMIT message(tr("The reply is kept and goes to the server. It is shown here when it comes from there."));
        }
    }
    const Outcome &last = outcomes.constLast();
    const bool isAllApplied = last.isApplied();
    if (mode == Mode::note)
        Q_EMIT noteSaved(conversation);
    if (mode == Mode::noteEdit)
        tellUndoable(tr("Note edited"), outcomes.constFirst());
    if (DraftRecord::isOfNote(mode) && outcomes.size() > 1)
        tellUndoable(tr("Resolved with a note"), last);
    if (!isAllApplied)
        Q_EMIT message(tr("The note is saved. %1").arg(ErrorText::of(last.refusal)));
    Q_EMIT performed(mode, thenResolve && isAllApplied, conversation);
}

void Composer::tellUndoable(const QString &deed, const Outcome &outcome)
{
    if (!outcome.hadEffect || !outcome.inverse)
        return;
    Action inverse;
    inverse.arguments = *outcome.inverse;
    inverse.basedOn = outcome.undoBasedOn;
    Q_EMIT undoable(deed, inverse);
}

bool Composer::isWriting(ConversationId conversation, Mode mode) const
{
    return m_mode == mode && m_subject.conversation.id == conversation;
}

void Composer::explain(const Refusal &refusal, bool thenResolve, Consent consent)
{
    Consent given = consent;
    // Asked was about its readers, about what it answers, or about what has come in between.
    if (refusal.kind == RefusalKind::moreReaders)
        given.toMoreReaders = true;
    else if (refusal.kind == RefusalKind::notPossible)
        given.toAnswerGone = true;
    else
        given.toMoveOn = true;
    const ChoiceBar::Choice anyway{isOfNote() ? tr("Save anyway") : tr("Send anyway"),
                                   [this, thenResolve, given] { send(thenResolve, given); }};
    const ChoiceBar::Choice news{tr("Show what is new"), [this] { Q_EMIT newsWanted(); }};
    if (m_mode == Mode::noteEdit && refusal.kind == RefusalKind::notFound) {
        askAboutLostNote();
        return;
    }
    switch (refusal.kind) {
    case RefusalKind::stale:
        m_choices->ask(ErrorText::of(refusal), {news, anyway});
        break;
    case RefusalKind::taken:
    case RefusalKind::changed:
    case RefusalKind::answeredElsewhere:
    case RefusalKind::moreReaders:
    case RefusalKind::notPossible:
        m_choices->ask(ErrorText::of(refusal), {anyway});
        break;
    case RefusalKind::outOfOrder:
    case RefusalKind::deviceReset:
    case RefusalKind::tryAgain:
    case RefusalKind::unreachable:
        m_choices->ask(ErrorText::of(refusal),
                       {{tr("Try again"), [this, thenResolve, consent] { send(thenResolve, consent); }}});
        break;
    default:
        m_choices->ask(ErrorText::of(refusal));
    }
    m_edit->setFocus();
}

} // namespace Earshot
