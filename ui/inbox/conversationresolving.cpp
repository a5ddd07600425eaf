// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/conversationactions.h"

#include "ui/inbox/pickdialog.h"
#include "ui/shell/errortext.h"
#include "ui/shell/icons.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <array>

namespace Earshot {

// Being through with conversations, and not after all.

void ConversationActions::resolve()
{
    resolve(targets());
}

void ConversationActions::resolve(const QList<ConversationRecord> &on)
{
    perform(tr("Resolved"), true, on, [](const ConversationRecord &record) {
        // The newest public word is ours: it was answered.
        const Reason reason = record.needsAnswer ? Reason::noAnswerNeeded : Reason::answered;
        return Act::SetStatus{record.id, Status::resolved, reason, {}};
    });
}

void ConversationActions::resolveWithReason()
{
    const auto on = targets();
    static constexpr std::array reasons{Reason::answered, Reason::noAnswerNeeded, Reason::spam};
    QList<PickDialog::Choice> choices;
    for (const Reason reason : reasons)
        choices.append({Wording::of(reason),
                        {},
                        Icons::icon(reason == Reason::spam ? QStringLiteral("spam") : QStringLiteral("resolve"))});
    choices.append({tr("Duplicate of another…"), {}, Icons::icon(QStringLiteral("copy"))});
    auto *dialog = new PickDialog(tr("Resolve %Ln conversation(s) as", nullptr, int(on.size())), choices, m_window);
    connect(dialog, &PickDialog::picked, this, [this, on](int index) {
        if (index == int(reasons.size()))
            return askForOriginal(on);
        const Reason reason = reasons.at(size_t(index));
        perform(tr("Resolved as %1").arg(Wording::of(reason)), true, on, [reason](const ConversationRecord &record) {
            return Act::SetStatus{record.id, Status::resolved, reason, {}};
        });
    });
    dialog->open();
}

void ConversationActions::askForOriginal(const QList<ConversationRecord> &on)
{
    auto *dialog = new PickDialog(tr("Which conversation is this a duplicate of?"), {}, m_window);
    dialog->setPlaceholder(tr("Its number, like #4411"));
    dialog->allowNew(tr("A duplicate of %1"));
    connect(dialog, &PickDialog::typed, this, [this, on](const QString &text) {
        const auto future = m_desk.workspace().read<std::optional<ConversationRecord>>(
            [number = Wording::numberIn(text), me = m_desk.me(), now = m_desk.workspace().clock().now()](
                Database &database) { return conversationByNumber(database, number, me, now); });
        whenDone(future, this, [this, on, text](const Result<std::optional<ConversationRecord>> &row) {
            if (row && *row)
                return resolveAsDuplicate(on, **row);
            Q_EMIT refused(
                row ? tr("There is no conversation %1.").arg(Wording::isolated(text)) : ErrorText::of(row.error()), {});
        });
    });
    dialog->open();
}

void ConversationActions::resolveAsDuplicate(const QList<ConversationRecord> &on, const ConversationRecord &original)
{
    perform(tr("Resolved as a duplicate of #%1").arg(original.number), true, on,
            [id = original.id](const ConversationRecord &record) {
                return Act::SetStatus{record.id, Status::resolved, Reason::duplicate, id};
            });
}

void ConversationActions::markSpam()
{
    perform(tr("Resolved as spam"), true, targets(), [](const ConversationRecord &record) {
        return Act::SetStatus{record.id, Status::resolved, Reason::spam, {}};
    });
}

void ConversationActions::reopen()
{
    perform(tr("Open again"), false, targets(), [](const ConversationRecord &record) -> ActionArguments {
        if (record.status == Status::snoozed)
            return Act::Wake{record.id};
        return Act::SetStatus{record.id, Status::open, Reason::none, {}};
    });
}

} // namespace Earshot
