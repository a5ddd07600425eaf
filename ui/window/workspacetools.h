// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"

#include <QPointer>

class QWidget;

namespace Earshot {

class Appearance;
class CommandRegistry;
class JournalDialog;
class Roster;
class UpkeepDialog;

/// What concerns the whole workspace and the program's settings: journal, check, backup, taking settings along.
class WorkspaceTools final : public QObject
{
    Q_OBJECT

public:
    /// All outlive this. @param window parent of the dialogs
    WorkspaceTools(Desk &desk, const Roster &roster, CommandRegistry &commands, Appearance &appearance,
                   QWidget *window);
    void addCommands();
    [[nodiscard]] static QString ownWordsFolder();
    void backUpTo(const QString &target);
    void exportTo(const QString &path);
    void importFrom(const QString &path);

Q_SIGNALS:
    void message(const QString &text);
    void failed(const QString &text);
    void conversationAsked(Earshot::ConversationId conversation);
    /// They were imported: who keeps one of them reads it again.
    void settingsChanged();

private:
    void showJournal();
    void verify();
    void follow(UpkeepDialog *dialog);
    void pickFile(const QString &title, const QString &name, bool isToRead,
                  void (WorkspaceTools::*use)(const QString &));

    Desk &m_desk;
    const Roster &m_roster;
    CommandRegistry &m_commands;
    Appearance &m_appearance;
    QWidget *m_window;
    QPointer<JournalDialog> m_journal; ///< null = it is not open
};

} // namespace Earshot
