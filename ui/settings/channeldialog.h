// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/action.h"
#include "model/records.h"

#include <QDialog>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace Earshot {

/// What an admin says of a channel: how it is called, what it is for, who sees it, how often it is pulled. Deletes
/// itself when closed.
class ChannelDialog final : public QDialog
{
    Q_OBJECT

public:
    ChannelDialog(const ChannelRecord &channel, const QList<TeamRecord> &teams, QWidget *parent);

Q_SIGNALS:
    /// What is to be another, at least one thing; emitted as it closes.
    void decided(const QList<Earshot::ActionArguments> &changes);

private:
    void fillPurposes();
    void fillTeams(const QList<TeamRecord> &teams);
    void fillIntervals();
    [[nodiscard]] QList<ActionArguments> changes() const;

    ChannelRecord m_channel;
    QLineEdit *m_name;
    QComboBox *m_purpose;
    QComboBox *m_team;
    QComboBox *m_interval;
    QPushButton *m_save;
};

} // namespace Earshot
