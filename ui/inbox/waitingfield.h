// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace Earshot {

/// Whether somebody is to have waited for longer than some time, and than which: a number of minutes, hours or days.
class WaitingField final : public QWidget
{
    Q_OBJECT

public:
    explicit WaitingField(QWidget *parent = nullptr);

    /// In the largest unit of which it is a whole number; zero = it does not matter.
    void setValue(Duration value);
    [[nodiscard]] Duration value() const;

Q_SIGNALS:
    /// Also by setValue().
    void valueChanged();

private:
    [[nodiscard]] Duration unit() const;
    void setLimits();
    /// As the number wants it.
    void nameUnits();
    void showWanted();

    QCheckBox *m_isWanted;
    QSpinBox *m_number;
    QComboBox *m_unit;
};

} // namespace Earshot
