// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"

#include <QDialog>

class QDateTimeEdit;

namespace Earshot {

/// Asks for a day and a time in the future. Deletes itself when closed.
class DateDialog final : public QDialog
{
    Q_OBJECT

public:
    /// @param proposed what is shown at first @param least nothing before it can be chosen
    DateDialog(const QString &title, Time proposed, Time least, QWidget *parent);

Q_SIGNALS:
    void picked(Earshot::Time time);

private:
    QDateTimeEdit *m_edit;
};

} // namespace Earshot
