// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/channelservice.h"
#include "desk/desk.h"

#include <QDialog>

class QLabel;
class QListWidget;
class QPushButton;
class QStackedWidget;

namespace Earshot {

class ActivityGraph;
class ConversationActions;
class PlainLabel;
class RosterWait;
class StatePage;
class Roster;

/// The channels: how each is, why, and what can be done; connecting and removing them. Deletes itself when closed.
class ChannelsDialog final : public QDialog
{
    Q_OBJECT

public:
    /// @param actions remember how editing is undone; they outlive this
    ChannelsDialog(Desk &desk, ChannelService &channels, const Roster &roster, ConversationActions &actions,
                   QWidget *parent = nullptr);
    /// Makes it the current one, also where it is not listed yet.
    void select(ChannelId channel);
    /// Opens "Paste an address".
    void connectChannel();

Q_SIGNALS:
    /// Sending on this channel is to stop, or to go on: that asks why, and what of the waiting goes out.
    void sendingAsked(const Earshot::ChannelRecord &channel);

private:
    [[nodiscard]] QWidget *details();
    void fill();
    void showChannel();
    /// Who may do what is greyed.
    void showRights();
    void pull();
    void test();
    void renew();
    void toggleSending();
    void edit();
    void onEdited(ChannelId channel, const QString &deed, const QList<Outcome> &outcomes);
    void remove();
    /// What came of something, kept until the next: it stands under the channel that it was asked of.
    void report(ChannelId channel, const QString &text);
    void showReport(const QString &text);
    [[nodiscard]] const ChannelRecord *current() const;

    Desk &m_desk;
    ChannelService &m_channels;
    const Roster &m_roster;
    ConversationActions &m_actions;
    QHash<qint64, QString> m_reports;                   ///< by channel
    QList<std::pair<QString, QList<Outcome>>> m_edited; ///< told when this is closed: it stands before the window
    ChannelId m_wanted;                                 ///< to be current as soon as it is listed
    QListWidget *m_list;
    QStackedWidget *m_side;
    PlainLabel *m_name;
    PlainLabel *m_address;
    ActivityGraph *m_activity;
    QLabel *m_facts;
    QLabel *m_report;
    QPushButton *m_pull;
    QPushButton *m_test;
    QPushButton *m_renew;
    QPushButton *m_sending;
    QPushButton *m_edit;
    QPushButton *m_remove;
    QPushButton *m_connect;
    PlainLabel *m_hint;
    StatePage *m_empty;
    RosterWait *m_wait;
};

} // namespace Earshot
