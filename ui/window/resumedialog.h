// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"

#include <QDialog>

class QListWidget;
class QPushButton;

namespace Earshot {

class Roster;

/// Before sending goes on: what waits, each ticked to be sent; what is not is discarded. Deletes itself when closed.
class ResumeDialog final : public QDialog
{
    Q_OBJECT

public:
    ResumeDialog(const Roster &roster, const QList<DeliveryRecord> &waiting, QWidget *parent);

Q_SIGNALS:
    /// Emitted as it closes with a decision.
    void decided(const QList<Earshot::DeliveryId> &discarded);

private:
    void count();

    QListWidget *m_list;
    QPushButton *m_resume;
};

} // namespace Earshot
