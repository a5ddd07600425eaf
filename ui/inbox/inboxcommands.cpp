// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// InboxPane's commands: moving in the list (how: inboxcurrent.cpp), its order, marking; and what commands work on.

#include "ui/inbox/bulkbar.h"
#include "ui/inbox/conversationtable.h"
#include "ui/inbox/inboxpane.h"
#include "ui/shell/commandregistry.h"

#include <algorithm>

namespace Earshot {

void InboxPane::addCommands(CommandRegistry &commands)
{
    m_bulkBar->setCommands(commands);
    m_commands = &commands;
    connect(&commands, &CommandRegistry::commandsChanged, this, &InboxPane::updateState);
    const QStringList orders{QStringLiteral("list.newest"), QStringLiteral("list.waiting"),
                             QStringLiteral("list.priority"), QStringLiteral("list.reach"),
                             QStringLiteral("list.grouped")};
    const auto add = [&](const char *id, const QString &text, const char *key, const QKeySequence &shortcut, auto run) {
        Command command;
        command.id = QString::fromLatin1(id);
        command.text = text;
        command.key = QString::fromLatin1(key);
        command.shortcut = shortcut;
        command.run = run;
        // What is marked unseen would be done unseen.
        if (command.id.startsWith(QLatin1StringView("mark.")) ||
            command.id.startsWith(QLatin1StringView("list.extend"))) {
            command.isEnabled = [this] { return isShown(); };
            command.isEnabledFound = [] { return true; };
        }
        if (orders.contains(command.id)) {
            command.isEnabled = [this] { return hasOrders(m_model.query()); };
            command.whyNot = [] { return tr("This list has one order: newest first."); };
        }
        commands.add(std::move(command));
    };
    add("list.next", tr("&Next conversation"), "J", {}, [this] { step(1); });
    add("list.previous", tr("&Previous conversation"), "K", {}, [this] { step(-1); });
    add("mark.toggle", tr("&Mark"), "X", {}, [this] { toggleMark(); });
    add("list.extendNext", tr("Mark and go to the next"), "Shift+J", {}, [this] { extendMark(1); });
    add("list.extendPrevious", tr("Mark and go to the previous"), "Shift+K", {}, [this] { extendMark(-1); });
    const auto order = [this](ListOrder wanted) { return [this, wanted] { setOrder(wanted); }; };
    add("list.newest", tr("Sort: ne&west first"), "", {}, order(ListOrder::newest));
    add("list.waiting", tr("Sort: &longest waiting first"), "", {}, order(ListOrder::longestWaiting));
    add("list.priority", tr("Sort: &highest priority first"), "", {}, order(ListOrder::priority));
    add("list.reach", tr("Sort: widest &reach first"), "", {}, order(ListOrder::reach));
    add("list.grouped", tr("&Group by thread"), "", {}, [this] { setGrouped(!m_model.query().isGrouped); });
    add("mark.all", tr("Mark &all in this view"), "", QKeySequence(Qt::CTRL | Qt::Key_A),
        [this] { m_model.markAll(); });
    add("mark.none", tr("&Unmark all"), "", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A), [this] { clearMarks(); });
}

void InboxPane::step(int step)
{
    if (isShown())
        selectNext(step);
    else
        Q_EMIT stepAsked(step);
}

void InboxPane::markByPointer(int row, bool isRange)
{
    const ConversationId id = m_model.conversationAt(row);
    const int last = m_model.rowOf(m_markedLast);
    const int from = last < 0 ? m_model.rowOf(m_current) : last;
    if (isRange && from >= 0) {
        m_model.markRange(std::min(from, row), std::max(from, row));
    } else if (id.isValid()) {
        m_model.setMarked(id, !m_model.isMarked(id));
    }
    m_markedLast = id;
}

void InboxPane::toggleMark()
{
    if (const auto other = m_markElsewhere ? m_markElsewhere() : std::nullopt) {
        m_model.setMarked(*other, !m_model.isMarked(other->id));
        return;
    }
    const ConversationId id = m_model.conversationAt(m_table->currentIndex().row());
    if (id.isValid())
        m_model.setMarked(id, !m_model.isMarked(id));
}

void InboxPane::extendMark(int step)
{
    m_model.setMarked(m_model.conversationAt(m_table->currentIndex().row()), true);
    selectNext(step);
    m_model.setMarked(m_model.conversationAt(m_table->currentIndex().row()), true);
}

QList<ConversationRecord> InboxPane::targets(ConversationId shown, int most) const
{
    if (m_model.markedCount() > 0 && isShown())
        return m_model.marked(most);
    return shown.isValid() ? QList<ConversationRecord>{record(shown)} : QList<ConversationRecord>();
}

QList<ConversationRecord> InboxPane::dragged(const QList<ConversationId> &ids) const
{
    if (ids.size() > 1)
        return m_model.marked();
    return ids.isEmpty() ? QList<ConversationRecord>() : QList<ConversationRecord>{record(ids.constFirst())};
}

ConversationRecord InboxPane::record(ConversationId id) const
{
    if (const ConversationRecord *known = m_model.rowOf(id) >= 0 ? m_model.record(id) : nullptr)
        return *known;
    ConversationRecord bare;
    bare.id = id;
    return bare;
}

} // namespace Earshot
