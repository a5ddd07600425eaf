// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"

#include <QDialog>
#include <QSet>

class QListWidget;
class QPushButton;

namespace Earshot {

class PlainLabel;
class Roster;

/// Before sending goes on: what waits, each ticked to be sent; what is not is discarded. Deletes itself when closed.
class ResumeDialog final : public QDialog
{
    Q_OBJECT

public:
    ResumeDialog(const Roster &roster, const QList<DeliveryRecord> &waiting, QWidget *parent);

    /// What waits now: what came is listed, what went goes, the rest stays as it was decided.
    void setWaiting(const QList<DeliveryRecord> &waiting);

Q_SIGNALS:
    /// Emitted as it closes with a decision on each that was listed.
    void decided(const QSet<Earshot::DeliveryId> &kept, const QList<Earshot::DeliveryId> &discarded);

private:
    void takeWaiting(const QList<DeliveryRecord> &waiting);
    void count();

    const Roster &m_roster;
    PlainLabel *m_text;
    QListWidget *m_list;
    QPushButton *m_resume;
};

} // namespace Earshot
