// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/workspacetools.h"

#include "ui/settings/journaldialog.h"
#include "ui/settings/settingsfile.h"
#include "ui/settings/upkeepdialog.h"
#include "ui/shell/appearance.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/errortext.h"

#include <QFileDialog>
#include <QStandardPaths>

namespace Earshot {

WorkspaceTools::WorkspaceTools(Desk &desk, const Roster &roster, CommandRegistry &commands, Appearance &appearance,
                               QWidget *window)
    : QObject(window)
    , m_desk(desk)
    , m_roster(roster)
    , m_commands(commands)
    , m_appearance(appearance)
    , m_window(window)
{
}

QString WorkspaceTools::ownWordsFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/dictionaries");
}

void WorkspaceTools::addCommands()
{
    const auto add = [this](const char *id, const QString &text, std::function<void()> run) {
        Command command;
        command.id = QString::fromLatin1(id);
        command.text = text;
        command.run = std::move(run);
        m_commands.add(std::move(command));
    };
    add("journal.show", tr("&Journal…"), [this] { showJournal(); });
    add("workspace.verify", tr("C&heck the workspace…"), [this] { verify(); });
    add("workspace.backup", tr("&Back up the workspace…"), [this] {
        pickFile(tr("Back up the workspace"), tr("backup") + QStringLiteral(".earshot"), false,
                 &WorkspaceTools::backUpTo);
    });
    add("settings.export", tr("E&xport settings…"), [this] {
        pickFile(tr("Export settings"), QStringLiteral("earshot-settings.json"), false, &WorkspaceTools::exportTo);
    });
    add("settings.import", tr("&Import settings…"),
        [this] { pickFile(tr("Import settings"), {}, true, &WorkspaceTools::importFrom); });
}

void WorkspaceTools::pickFile(const QString &title, const QString &name, bool isToRead,
                              void (WorkspaceTools::*use)(const QString &))
{
    auto *dialog = new QFileDialog(m_window, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(isToRead ? QFileDialog::ExistingFile : QFileDialog::AnyFile);
    dialog->setAcceptMode(isToRead ? QFileDialog::AcceptOpen : QFileDialog::AcceptSave);
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this, [this, use](const QString &path) { (this->*use)(path); });
    dialog->open();
}

void WorkspaceTools::showJournal()
{
    // One that was closed goes a moment later.
    if (m_journal && m_journal->isVisible()) {
        m_journal->setWindowState(m_journal->windowState() & ~Qt::WindowMinimized);
        m_journal->raise();
        m_journal->activateWindow();
        return;
    }
    m_journal = new JournalDialog(m_desk, m_roster, m_window);
    connect(m_journal, &JournalDialog::conversationAsked, this, &WorkspaceTools::conversationAsked);
    // It follows what is done: whoever looks at it works on beside it.
    m_journal->show();
}

void WorkspaceTools::verify()
{
    follow(UpkeepDialog::verify(m_desk.workspace().path(), m_window));
}

void WorkspaceTools::backUpTo(const QString &target)
{
    follow(UpkeepDialog::backUp(m_desk.workspace().path(), target, m_window));
}

void WorkspaceTools::follow(UpkeepDialog *dialog)
{
    connect(dialog, &UpkeepDialog::endedAside, this, [this](bool isGood, const QString &sentence) {
        if (isGood)
            Q_EMIT message(sentence);
        else
            Q_EMIT failed(sentence);
    });
    dialog->open();
}

// A few kB, written and read where the person asks for it: handing it to another thread would cost more.

void WorkspaceTools::exportTo(const QString &path)
{
    if (const Done done = exportSettings(path, ownWordsFolder()); !done)
        Q_EMIT failed(ErrorText::of(done.error()));
    else
        Q_EMIT message(tr("The settings are exported."));
}

void WorkspaceTools::importFrom(const QString &path)
{
    if (const Done done = importSettings(path, ownWordsFolder()); !done) {
        Q_EMIT failed(ErrorText::of(done.error()));
        return;
    }
    m_commands.reloadKeys();
    m_appearance.reload();
    Q_EMIT settingsChanged();
    Q_EMIT message(tr("The settings are imported."));
}

} // namespace Earshot
