// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/commandregistry.h"

#include "ui/shell/icons.h"

#include <QMenu>

#include <algorithm>

namespace Earshot {

namespace {

/// "Shift+A" as the person's keyboard names it; letters and chords as they are.
QString nativeKey(const QString &key)
{
    return key.contains(QLatin1Char('+')) ? QKeySequence::fromString(key).toString(QKeySequence::NativeText) : key;
}

QString withoutMnemonic(QString text)
{
    return text.remove(QLatin1Char('&'));
}

} // namespace

CommandRegistry::CommandRegistry(QObject *parent)
    : QObject(parent)
{
}

void CommandRegistry::add(Command command)
{
    Q_ASSERT(!m_entries.contains(command.id));
    Q_ASSERT(command.key.isEmpty() || !m_keys.contains(command.key));
    auto *action = new QAction(this);
    action->setObjectName(command.id);
    // A key that works on the lists only is shown beside the text, but is no shortcut of the window.
    action->setText(command.key.isEmpty() || !command.shortcut.isEmpty()
                        ? command.text
                        : command.text + QLatin1Char('\t') + nativeKey(command.key));
    action->setShortcut(command.shortcut);
    if (!command.icon.isEmpty())
        action->setIcon(Icons::icon(command.icon));
    connect(action, &QAction::triggered, this, [this, id = command.id] { trigger(id); });
    if (!command.key.isEmpty()) {
        m_keys.insert(command.key, command.id);
        const qsizetype blank = command.key.indexOf(QLatin1Char(' '));
        if (blank > 0)
            m_chords.insert(command.key.left(blank));
    }
    m_order.append(command.id);
    const QString id = command.id;
    m_entries.insert(id, Entry{std::move(command), action});
}

QAction *CommandRegistry::action(const QString &id) const
{
    return m_entries.value(id).action;
}

const Command *CommandRegistry::find(const QString &id) const
{
    const auto it = m_entries.constFind(id);
    return it == m_entries.constEnd() ? nullptr : &it->command;
}

QString CommandRegistry::plainText(const QString &id) const
{
    const Command *command = find(id);
    return command ? withoutMnemonic(command->text) : QString();
}

QString CommandRegistry::keyText(const QString &id) const
{
    const Command *command = find(id);
    if (!command)
        return {};
    return command->shortcut.isEmpty() ? nativeKey(command->key) : command->shortcut.toString(QKeySequence::NativeText);
}

bool CommandRegistry::trigger(const QString &id)
{
    const Command *command = find(id);
    if (!command || !command->run || (command->isEnabled && !command->isEnabled()))
        return false;
    // A copy: running it may add commands.
    const std::function<void()> run = command->run;
    run();
    return true;
}

void CommandRegistry::refresh()
{
    for (const Entry &entry : std::as_const(m_entries))
        entry.action->setEnabled(!entry.command.isEnabled || entry.command.isEnabled());
}

void CommandRegistry::fill(QMenu &menu, const QStringList &ids) const
{
    for (const QString &id : ids) {
        if (id.isEmpty())
            menu.addSeparator();
        else if (QAction *known = action(id))
            menu.addAction(known);
    }
}

void CommandRegistry::fillEnabled(QMenu &menu, const QStringList &ids) const
{
    QStringList enabled;
    for (const QString &id : ids) {
        const QAction *known = action(id);
        const bool isSecondLine = enabled.isEmpty() ? menu.isEmpty() : enabled.constLast().isEmpty();
        if (id.isEmpty() ? !isSecondLine : known && known->isEnabled())
            enabled.append(id);
    }
    if (!enabled.isEmpty() && enabled.constLast().isEmpty())
        enabled.removeLast();
    fill(menu, enabled);
}

QStringList CommandRegistry::matching(const QString &text, int limit) const
{
    const QStringList words = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    QStringList found;
    if (words.isEmpty())
        return found;
    for (const QString &id : m_order) {
        const QString name = plainText(id);
        const bool matches = std::all_of(words.cbegin(), words.cend(), [&name](const QString &part) {
            return name.contains(part, Qt::CaseInsensitive);
        });
        if (matches && action(id)->isEnabled())
            found.append(id);
        if (found.size() == limit)
            break;
    }
    return found;
}

} // namespace Earshot
