// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/awaynews.h"
#include "desk/desk.h"
#include "ui/shell/answerorder.h"

#include <QDialog>

class QPushButton;
class QTableWidget;

namespace Earshot {

class PlainLabel;
class RetryButton;
class Roster;

/// What others did with my conversations since a time, newest first. Deletes itself.
class AwayDialog final : public QDialog
{
    Q_OBJECT

public:
    /// @param since not known = there was no absence
    AwayDialog(Desk &desk, const Roster &roster, const LastPresence &since, QWidget *parent);

Q_SIGNALS:
    void conversationAsked(Earshot::ConversationId conversation);

private:
    void build();
    void load();
    void take(const AwayNews &news);
    void add(Time at, const QString &what, qint64 number, ConversationId conversation);
    void openCurrent();

    Desk &m_desk;
    const Roster &m_roster;
    const LastPresence m_since;
    AnswerOrder m_readings;
    QTableWidget *m_table;
    QPushButton *m_open;
    PlainLabel *m_state;
    RetryButton *m_retry;
};

} // namespace Earshot
