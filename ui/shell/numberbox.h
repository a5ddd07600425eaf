// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSpinBox>

namespace Earshot {

/// A number, with a text of its own where it is the least (setSpecialValueText). Qt refuses what is typed while the
/// cursor stands in that text, as after a click: here the text gives way to it. Without prefix and suffix.
class NumberBox final : public QSpinBox
{
    Q_OBJECT

public:
    explicit NumberBox(QWidget *parent = nullptr);

protected:
    [[nodiscard]] QValidator::State validate(QString &input, int &pos) const override;
};

} // namespace Earshot
