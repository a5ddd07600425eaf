// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QLabel;
class QMenu;
class QPushButton;

namespace Earshot {

class CommandRegistry;

/// Below a list while rows are marked: how many there are, what can be done with them, and how far it is. Hidden else.
class BulkBar final : public QWidget
{
    Q_OBJECT

public:
    explicit BulkBar(QWidget *parent = nullptr);
    /// What its menu offers comes from there.
    void setCommands(CommandRegistry &commands);
    void showMarked(int count);
    /// While something is done with many; showMarked() says nothing until endProgress().
    void showProgress(int done, int total);
    void endProgress(int marked);

Q_SIGNALS:
    void clearAsked();
    void stopAsked();

private:
    QLabel *m_text;
    QPushButton *m_deeds;
    QMenu *m_menu;
    QPushButton *m_clear;
    CommandRegistry *m_commands = nullptr;
    QPushButton *m_stop;
    bool m_isBusy = false;
};

} // namespace Earshot
