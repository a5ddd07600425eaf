// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/commandregistry.h"

#include "ui/shell/icons.h"

#include <QKeyEvent>
#include <QMenu>
#include <QSettings>

#include <algorithm>

namespace Earshot {

namespace {

/// "G" of "G M"; empty when it is no chord.
QString beginningOf(const QString &key)
{
    const qsizetype blank = key.indexOf(QLatin1Char(' '));
    return blank > 0 ? key.left(blank) : QString();
}

/// The same with the other key that is named Enter.
QList<QKeySequence> withBothEnters(const QKeySequence &shortcut)
{
    if (shortcut.isEmpty() || shortcut[0].key() != Qt::Key_Enter)
        return {shortcut};
    return {shortcut, QKeySequence(QKeyCombination(shortcut[0].keyboardModifiers(), Qt::Key_Return))};
}

/// How near a command's name is to what was typed, the nearest first; what cannot be done comes after all that can.
constexpr int nearest = 0;
constexpr int named = 1; ///< by several words, and cannot be done
constexpr int wordsBegin = 2;
constexpr int holds = 3;
constexpr int disabled = 4;

QString withoutMnemonic(QString text)
{
    return text.remove(QLatin1Char('&'));
}

} // namespace

QString CommandRegistry::nativeKey(const QString &key)
{
    return key.contains(QLatin1Char('+')) ? QKeySequence::fromString(key).toString(QKeySequence::NativeText) : key;
}

QKeySequence CommandRegistry::shortcutOf(const QKeyEvent &event)
{
    const auto key = Qt::Key(event.key() == Qt::Key_Return ? Qt::Key_Enter : event.key());
    return {QKeyCombination(event.modifiers() & ~Qt::KeypadModifier, key)};
}

QString CommandRegistry::idWhileWriting(const QKeyEvent &event) const
{
    const QKeySequence pressed = shortcutOf(event);
    const auto found = std::find_if(m_entries.cbegin(), m_entries.cend(), [&pressed](const Entry &entry) {
        return entry.command.isOfWriter && withBothEnters(entry.command.shortcut).contains(pressed);
    });
    return found == m_entries.cend() ? QString() : found.key();
}

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
    if (!command.icon.isEmpty())
        action->setIcon(Icons::icon(command.icon));
    connect(action, &QAction::triggered, this, [this, id = command.id] { trigger(id); });
    listen(command);
    m_order.append(command.id);
    const QString id = command.id;
    const CommandKeys usual{command.key, command.shortcut};
    const Entry &entry = *m_entries.insert(id, Entry{std::move(command), usual, action});
    label(entry);
}

void CommandRegistry::label(const Entry &entry) const
{
    const Command &command = entry.command;
    // A key that works on the lists or while writing only is shown beside the text, but is no shortcut of the window.
    QString beside;
    if (command.isOfWriter)
        beside = command.shortcut.toString(QKeySequence::NativeText);
    else if (m_hasSingleKeys && command.shortcut.isEmpty())
        beside = nativeKey(command.key);
    entry.action->setText(beside.isEmpty() ? command.text : command.text + QLatin1Char('\t') + beside);
    if (!command.isOfWriter)
        entry.action->setShortcuts(withBothEnters(command.shortcut));
}

void CommandRegistry::listen(const Command &command)
{
    if (command.key.isEmpty())
        return;
    m_keys.insert(command.key, command.id);
    if (const QString begun = beginningOf(command.key); !begun.isEmpty())
        ++m_chords[begun];
}

void CommandRegistry::forget(const Command &command)
{
    if (command.key.isEmpty())
        return;
    m_keys.remove(command.key);
    if (const QString begun = beginningOf(command.key); !begun.isEmpty())
        --m_chords[begun];
}

void CommandRegistry::remove(const QString &id)
{
    const auto found = m_entries.constFind(id);
    if (found == m_entries.cend())
        return;
    forget(found->command);
    // It may be the one that runs just now.
    found->action->deleteLater();
    m_order.removeAll(id);
    m_entries.erase(found);
}

CommandKeys CommandRegistry::keysOf(const QString &id) const
{
    const Command *command = find(id);
    return command ? CommandKeys{command->key, command->shortcut} : CommandKeys();
}

CommandKeys CommandRegistry::usualKeys(const QString &id) const
{
    return m_entries.value(id).usual;
}

QString CommandRegistry::ownerOf(const CommandKeys &keys, const QString &besides) const
{
    const QString begun = beginningOf(keys.key);
    for (const QString &id : m_order) {
        const CommandKeys has = keysOf(id);
        const bool isSameKey = !keys.key.isEmpty() && (has.key == keys.key || beginningOf(has.key) == keys.key ||
                                                       (!begun.isEmpty() && has.key == begun));
        const bool isSameShortcut = !keys.shortcut.isEmpty() && has.shortcut == keys.shortcut;
        if (id != besides && (isSameKey || isSameShortcut))
            return id;
    }
    return {};
}

void CommandRegistry::apply(const QString &id, const CommandKeys &keys)
{
    const auto found = m_entries.find(id);
    if (found == m_entries.end())
        return;
    forget(found->command);
    found->command.key = keys.key;
    found->command.shortcut = keys.shortcut;
    listen(found->command);
    label(*found);
}

void CommandRegistry::write(const QString &id) const
{
    QSettings settings;
    settings.beginGroup(QStringLiteral("shortcuts"));
    const CommandKeys keys = keysOf(id);
    if (keys == usualKeys(id))
        settings.remove(id);
    else
        settings.setValue(id, QStringList{keys.key, keys.shortcut.toString(QKeySequence::PortableText)});
}

void CommandRegistry::setKeys(const QString &id, const CommandKeys &keys)
{
    if (!find(id))
        return;
    for (QString other = ownerOf(keys, id); !other.isEmpty(); other = ownerOf(keys, id)) {
        CommandKeys left = keysOf(other);
        if (left.shortcut == keys.shortcut && !keys.shortcut.isEmpty())
            left.shortcut = QKeySequence();
        else
            left.key.clear();
        apply(other, left);
        write(other);
    }
    apply(id, keys);
    write(id);
    Q_EMIT commandsChanged();
}

void CommandRegistry::resetKeys()
{
    QSettings().remove(QStringLiteral("shortcuts"));
    reloadKeys();
}

void CommandRegistry::reloadKeys()
{
    for (const QString &id : std::as_const(m_order))
        apply(id, {});
    for (const QString &id : std::as_const(m_order))
        apply(id, usualKeys(id));
    restoreKeys();
}

void CommandRegistry::restoreKeys()
{
    QSettings settings;
    settings.beginGroup(QStringLiteral("shortcuts"));
    QHash<QString, CommandKeys> changed;
    for (const QString &id : settings.childKeys()) {
        const QStringList kept = settings.value(id).toStringList();
        if (find(id))
            changed.insert(id, {kept.value(0), QKeySequence::fromString(kept.value(1), QKeySequence::PortableText)});
    }
    // First all give away what they have, so that two may have changed places.
    for (auto it = changed.cbegin(); it != changed.cend(); ++it)
        apply(it.key(), {});
    for (auto it = changed.cbegin(); it != changed.cend(); ++it) {
        if (ownerOf(it.value(), it.key()).isEmpty())
            apply(it.key(), it.value());
    }
    Q_EMIT commandsChanged();
}

void CommandRegistry::showSingleKeys(bool areShown)
{
    m_hasSingleKeys = areShown;
    for (const Entry &entry : std::as_const(m_entries))
        label(entry);
    Q_EMIT commandsChanged();
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
    const QString key = m_hasSingleKeys ? nativeKey(command->key) : QString();
    const QString shortcut = command->shortcut.toString(QKeySequence::NativeText);
    if (key.isEmpty())
        return shortcut;
    return shortcut.isEmpty() ? key : QString(shortcut + QStringLiteral(" · ") + key);
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
    for (const Entry &entry : std::as_const(m_entries)) {
        entry.action->setVisible(isOffered(entry.command.id));
        entry.action->setEnabled(!entry.command.isEnabled || entry.command.isEnabled());
    }
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
    const QString wanted = text.simplified();
    const QStringList words = wanted.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words.isEmpty())
        return {};
    QList<std::pair<int, QString>> found;
    for (const QString &id : m_order) {
        const QString name = plainText(id);
        const auto hasAll = [&words](const auto &isIn) { return std::all_of(words.cbegin(), words.cend(), isIn); };
        if (!isOffered(id) ||
            !hasAll([&name](const QString &part) { return name.contains(part, Qt::CaseInsensitive); }))
            continue;
        const bool doWordsBegin = hasAll([&name](const QString &part) {
            return name.startsWith(part, Qt::CaseInsensitive) ||
                   name.contains(QLatin1Char(' ') + part, Qt::CaseInsensitive);
        });
        const int rank = name.startsWith(wanted, Qt::CaseInsensitive) ? nearest : doWordsBegin ? wordsBegin : holds;
        const bool isOff = !isEnabledFound(id);
        // Who names it so is told why it cannot be done; no other is run that has the same words somewhere.
        const bool isNamed = isOff && rank == nearest && words.size() > 1;
        found.append({isNamed ? named : rank + (isOff ? disabled : 0), id});
    }
    // Of those that begin so the shortest is nearest to what was typed: in German "Einstellungen" before
    // "Einstellungen exportieren".
    std::stable_sort(found.begin(), found.end(), [this](const auto &a, const auto &b) {
        if (a.first != b.first || a.first % disabled != nearest)
            return a.first < b.first;
        return plainText(a.second).size() < plainText(b.second).size();
    });
    // Of what cannot be done the nearest is named all the same, in the last place.
    const auto off = std::find_if(found.begin(), found.end(), [](const auto &one) { return one.first >= disabled; });
    if (off != found.end() && off->first == disabled + nearest && off - found.begin() >= limit && limit > 1)
        std::iter_swap(off, found.begin() + limit - 1);
    QStringList ids;
    for (qsizetype i = 0; i < found.size() && i < limit; ++i)
        ids.append(found.at(i).second);
    return ids;
}

void CommandRegistry::explain(const QString &id, std::function<QString()> why)
{
    if (const auto it = m_entries.find(id); it != m_entries.end())
        it->command.whyNot = std::move(why);
}

void CommandRegistry::needRight(const QStringList &ids)
{
    for (const QString &id : ids) {
        if (const auto it = m_entries.find(id); it != m_entries.end())
            it->command.needsRight = true;
    }
}

bool CommandRegistry::isOffered(const QString &id) const
{
    const Command *command = find(id);
    return command && !(command->needsRight && m_areDeedsHidden && m_areDeedsHidden());
}

bool CommandRegistry::isEnabled(const QString &id) const
{
    const Command *command = find(id);
    return command && (!command->isEnabled || command->isEnabled());
}

bool CommandRegistry::isEnabledFound(const QString &id) const
{
    const Command *command = find(id);
    return command && (command->isEnabledFound ? command->isEnabledFound() : isEnabled(id));
}

QString CommandRegistry::knownObstacle(const QString &id) const
{
    const Command *command = find(id);
    if (!command)
        return {};
    if (const QString why = command->needsRight && m_whyOnlyReading ? m_whyOnlyReading() : QString(); !why.isEmpty())
        return why;
    return command->whyNot ? command->whyNot() : QString();
}

QString CommandRegistry::whyNot(const QString &id) const
{
    if (!find(id) || isEnabled(id))
        return {};
    const QString why = knownObstacle(id);
    return why.isEmpty() ? tr("“%1” cannot be done now.").arg(plainText(id)) : why;
}

QString CommandRegistry::whyNotBesideName(const QString &id) const
{
    if (!find(id) || isEnabledFound(id))
        return {};
    const QString why = knownObstacle(id);
    return why.isEmpty() ? tr("Cannot be done now.") : why;
}

} // namespace Earshot
