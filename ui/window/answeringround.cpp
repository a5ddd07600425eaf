// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/answeringround.h"

#include "model/htmltext.h"
#include "ui/composer/choicebar.h"
#include "ui/composer/composer.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/inboxpane.h"
#include "ui/inbox/pickdialog.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/icons.h"
#include "ui/shell/roster.h"

#include <algorithm>

namespace Earshot {

AnsweringRound::AnsweringRound(const Roster &roster, InboxPane &inbox, ConversationPane &pane, ChoiceBar &bar,
                               QWidget *window)
    : QObject(window)
    , m_roster(roster)
    , m_inbox(inbox)
    , m_pane(pane)
    , m_bar(bar)
    , m_window(window)
{
    bar.setIcon(QStringLiteral("reply"));
    connect(&pane, &ConversationPane::conversationShown, this, &AnsweringRound::openFor);
    connect(&pane, &ConversationPane::performed, this, &AnsweringRound::onPerformed);
}

void AnsweringRound::addCommands(CommandRegistry &commands)
{
    const auto add = [&commands](const char *id, const QString &text, const char *icon, const char *shortcut,
                                 std::function<bool()> isEnabled, std::function<void()> run,
                                 std::function<bool()> isEnabledFound = {}) {
        Command command;
        command.id = QString::fromLatin1(id);
        command.text = text;
        command.icon = QString::fromLatin1(icon);
        command.shortcut = QKeySequence(QString::fromLatin1(shortcut));
        command.needsRight = true;
        command.isEnabled = std::move(isEnabled);
        command.isEnabledFound = std::move(isEnabledFound);
        command.run = std::move(run);
        commands.add(std::move(command));
    };
    add(
        "round.start", tr("Answer one after ano&ther…"), "reply", "",
        [this] { return m_inbox.isShown() && canStart(); }, [this] { askWhichReply(); }, [this] { return canStart(); });
    commands.explain(QStringLiteral("round.start"), [this] {
        return m_current.isValid() ? tr("They are already being answered one after another.")
                                   : tr("Mark several conversations in the list first.");
    });
    add(
        "round.skip", tr("S&kip this one"), "reply", "Ctrl+Shift+J", [this] { return m_current.isValid(); },
        [this] { next(); });
    add(
        "round.end", tr("End answering one after another"), "reply", "", [this] { return m_current.isValid(); },
        [this] { end(); });
}

bool AnsweringRound::canStart() const
{
    return !m_current.isValid() && m_roster.canAct() && m_inbox.model().markedCount() > 1;
}

QList<ConversationId> AnsweringRound::marked() const
{
    QList<ConversationId> ids;
    const ConversationListModel &model = m_inbox.model();
    const QList<ConversationRecord> records = m_inbox.targets({});
    for (const ConversationRecord &record : records) {
        const ChannelRecord *channel = m_roster.channel(record.channel);
        const bool isKnown = record.seq > 0 && channel;
        const bool canReply = isKnown && (channel->capabilities.canReply || channel->capabilities.canReplyPrivately);
        if (!isKnown || canReply)
            ids.append(record.id);
    }
    // What is not listed yet comes last.
    const auto place = [&model](ConversationId id) {
        const int row = model.rowOf(id);
        return row < 0 ? std::numeric_limits<int>::max() : row;
    };
    std::stable_sort(ids.begin(), ids.end(),
                     [&place](ConversationId a, ConversationId b) { return place(a) < place(b); });
    return ids;
}

void AnsweringRound::askWhichReply()
{
    const int answerable = int(marked().size());
    if (answerable == 0) {
        Q_EMIT message(tr("None of these can be answered from here."));
        return;
    }
    QList<PickDialog::Choice> choices{{tr("Write each by hand"), {}, Icons::icon(QStringLiteral("reply"))}};
    const QList<SavedReplyRecord> replies = m_roster.savedReplies();
    for (const SavedReplyRecord &reply : replies)
        choices.append({reply.name, cleanLine(reply.text, 60), Icons::icon(QStringLiteral("reply"))});
    auto *dialog = new PickDialog(tr("Answer %Ln conversation(s), one after another, with", nullptr, answerable),
                                  choices, m_window);
    connect(dialog, &PickDialog::picked, this,
            [this, replies](int index) { start(index == 0 ? QString() : replies.at(index - 1).text); });
    dialog->open();
}

void AnsweringRound::start(const QString &text)
{
    m_waiting = marked();
    m_total = int(m_waiting.size());
    m_leftOut = m_inbox.model().markedCount() - m_total;
    m_answered = 0;
    m_text = text;
    if (m_waiting.isEmpty())
        Q_EMIT message(tr("None of these can be answered from here."));
    else
        next();
}

void AnsweringRound::next()
{
    if (m_pane.composer().isBusy()) {
        // The click has taken the bar away.
        if (m_current.isValid())
            showState();
        return;
    }
    if (m_waiting.isEmpty()) {
        end();
        return;
    }
    m_current = m_waiting.takeFirst();
    m_isOpened = false;
    showState();
    // Also where another list is shown meanwhile.
    static_cast<void>(m_inbox.select(m_current));
    if (m_pane.conversation() == m_current && m_pane.basedOn() > 0)
        openFor();
    else
        m_pane.showConversation(m_current);
    Q_EMIT stateChanged();
}

void AnsweringRound::end()
{
    m_current = {};
    m_waiting.clear();
    m_bar.clear();
    Q_EMIT message(tr("Answered %L1 of %Ln conversation(s).", nullptr, m_total).arg(m_answered));
    Q_EMIT stateChanged();
}

void AnsweringRound::showState()
{
    QString state = tr("Answering one after another: %L1 of %L2").arg(m_total - m_waiting.size()).arg(m_total);
    if (m_leftOut > 0)
        state += QStringLiteral(". ") + tr("%Ln more cannot be answered from here.", nullptr, m_leftOut);
    m_bar.ask(state, {{m_waiting.isEmpty() ? tr("Leave it") : tr("Skip"), [this] { next(); }},
                      {tr("End"), [this] { end(); }}});
}

/// Once: whoever closes the composer to look around must not find it open under the next key.
void AnsweringRound::openFor()
{
    if (m_isOpened || !m_current.isValid() || m_pane.conversation() != m_current || m_pane.composer().isOpen())
        return;
    m_isOpened = true;
    m_pane.openComposer(DraftRecord::Mode::reply);
    if (m_pane.composer().isOpen() && !m_text.isEmpty() && !m_pane.composer().hasText())
        m_pane.composer().insertText(m_text);
}

void AnsweringRound::onPerformed(DraftRecord::Mode mode)
{
    if (!m_current.isValid() || m_pane.conversation() != m_current || DraftRecord::isOfNote(mode))
        return;
    ++m_answered;
    m_inbox.model().unmark({m_current});
    // After those who hear of it as well: they may go to the next row.
    QMetaObject::invokeMethod(
        this,
        [this] {
            const ConversationId last = m_current;
            next();
            if (last.isValid() && !m_current.isValid())
                Q_EMIT ended(last);
        },
        Qt::QueuedConnection);
}

} // namespace Earshot
