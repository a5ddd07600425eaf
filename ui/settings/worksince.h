// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"

#include <QWidget>

class QComboBox;
class QDateEdit;

namespace Earshot {

/// From when on what a new channel brings is work: from now, from a day, or all of it. Lives with its dialog.
class WorkSince final : public QWidget
{
    Q_OBJECT

public:
    explicit WorkSince(Time now, QWidget *parent = nullptr);

    /// @param now when it is connected @param horizon how far back it is pulled
    [[nodiscard]] Time since(Time now, Time horizon) const;
    /// A day, which is no time counted back from now.
    [[nodiscard]] bool isDate() const;

private:
    QComboBox *m_choice;
    QDateEdit *m_date;
};

} // namespace Earshot
