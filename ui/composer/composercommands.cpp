// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer.h"

#include "ui/composer/composeredit.h"
#include "ui/shell/commandregistry.h"

#include <QKeyEvent>
#include <QKeySequence>
#include <QMenu>
#include <QToolButton>

namespace Earshot {

// What can be done by a key while one writes.

namespace {

constexpr auto sendCommand = "composer.send";
constexpr auto resolveCommand = "composer.sendAndResolve";
constexpr auto gapCommand = "composer.nextGap";
constexpr auto attachCommand = "composer.attach";
constexpr auto moveCommand = "composer.move";
constexpr auto languageCommand = "composer.language";
constexpr auto closeCommand = "composer.close";

} // namespace

void Composer::addCommands(CommandRegistry &commands)
{
    m_commands = &commands;
    const auto add = [&](const char *id, const QString &text, const char *icon, QKeyCombination key,
                         std::function<void()> run) {
        Command command;
        command.id = QString::fromLatin1(id);
        command.text = text;
        command.icon = QString::fromLatin1(icon);
        command.shortcut = QKeySequence(key);
        command.isOfWriter = true;
        command.isEnabled = [this] { return isOpen(); };
        command.run = std::move(run);
        command.whyNot = [] { return tr("Begin a reply or a note first."); };
        commands.add(std::move(command));
    };
    add(sendCommand, tr("Send what is written"), "outbox", Qt::CTRL | Qt::Key_Enter, [this] { send(false); });
    add(resolveCommand, tr("Send what is written and resolve"), "resolve", Qt::CTRL | Qt::SHIFT | Qt::Key_Enter,
        [this] { send(true); });
    add(gapCommand, tr("Next gap of a saved reply"), "", Qt::CTRL | Qt::Key_J, [this] {
        m_edit->setFocus();
        m_edit->goToGap();
    });
    add(closeCommand, tr("Close the editor; the draft is kept"), "close", Qt::Key_Escape, [this] { closeEditor(); });
    addButtonCommands(commands);
    commands.needRight(commandIds());
    connect(this, &Composer::openChanged, &commands, &CommandRegistry::refresh);
    connect(&commands, &CommandRegistry::commandsChanged, this, &Composer::showKeys);
    commands.refresh();
    showKeys();
}

void Composer::addButtonCommands(CommandRegistry &commands)
{
    const auto add = [&](const char *id, const QString &text, const char *icon, const QToolButton &button,
                         const QString &whyNot, std::function<void()> run) {
        Command command;
        command.id = QString::fromLatin1(id);
        command.text = text;
        command.icon = QString::fromLatin1(icon);
        command.isOfWriter = true;
        command.isEnabled = [this, &button] { return isOpen() && button.isVisibleTo(this); };
        command.run = std::move(run);
        command.whyNot = [this, whyNot] { return isOpen() ? whyNot : tr("Begin a reply or a note first."); };
        commands.add(std::move(command));
    };
    add(attachCommand, tr("Attach a picture or video…"), "add", *m_attach, tr("Nothing can be attached to this."),
        [this] { pickFiles(); });
    add(moveCommand, tr("Move text to…"), "external", *m_move, {}, [this] { popUp(*m_move); });
    add(languageCommand, tr("Language of the spelling…"), "", *m_language, tr("No dictionary is installed here."),
        [this] { popUp(*m_language); });
}

/// As the button's own, but it is chosen from by keys at once, and nothing waits for it.
void Composer::popUp(const QToolButton &button)
{
    QMenu *menu = button.menu();
    menu->popup(button.mapToGlobal(QPoint(0, button.height())));
    for (QAction *action : menu->actions()) {
        if (action->isEnabled() && !action->isSeparator())
            return menu->setActiveAction(action);
    }
}

QStringList Composer::commandIds()
{
    return {QString::fromLatin1(sendCommand), QString::fromLatin1(resolveCommand),
            QString::fromLatin1(gapCommand),  QString::fromLatin1(attachCommand),
            QString::fromLatin1(moveCommand), QString::fromLatin1(languageCommand),
            QString::fromLatin1(closeCommand)};
}

void Composer::showKeys()
{
    const QString key = m_commands->keyText(QString::fromLatin1(closeCommand));
    m_close->setToolTip(key.isEmpty()
                            ? m_close->accessibleName()
                            : tr("%1 (%2)", "what a button does and its key").arg(m_close->accessibleName(), key));
    if (m_mode)
        fit();
}

QStringList Composer::hints() const
{
    QStringList all;
    const auto add = [&all, this](const char *id, const QString &text) {
        if (const QString key = m_commands ? m_commands->keyText(QString::fromLatin1(id)) : QString(); !key.isEmpty())
            all.append(text.arg(key));
    };
    add(sendCommand, isOfNote() ? tr("%1 saves") : tr("%1 sends"));
    if (!isOfNote())
        add(resolveCommand, tr("%1 resolves too"));
    if (!m_saved.isEmpty())
        all.append(tr("; saved reply"));
    if (isOfNote())
        add(closeCommand, tr("%1 closes"));
    return all;
}

bool Composer::isCommand(const QKeyEvent &event) const
{
    return m_mode && m_commands && !m_commands->idWhileWriting(event).isEmpty();
}

/// They work from every field of the composer, not only from its text. So does "select all": here it is the text, not
/// the list.
bool Composer::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto &key = *static_cast<QKeyEvent *>(event);
        if (isCommand(key) || key.matches(QKeySequence::SelectAll)) {
            event->accept();
            return true;
        }
    }
    return QFrame::event(event);
}

void Composer::keyPressEvent(QKeyEvent *event)
{
    const bool isOurs = isCommand(*event);
    if (!isOurs && event->matches(QKeySequence::SelectAll)) {
        m_edit->setFocus();
        m_edit->selectAll();
    } else if (!isOurs)
        QFrame::keyPressEvent(event);
    // Holding a key sends nothing twice.
    else if (!event->isAutoRepeat())
        m_commands->trigger(m_commands->idWhileWriting(*event));
}

} // namespace Earshot
