// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QComboBox>

namespace Earshot {

/// The order of a list, as wide as the order that it shows: the room beside it belongs to the list's title. Where there
/// is less, its words are shortened.
class OrderBox final : public QComboBox
{
    Q_OBJECT

public:
    explicit OrderBox(QWidget *parent);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    void showPopup() override;

protected:
    void initStyleOption(QStyleOptionComboBox *option) const override;

private:
    [[nodiscard]] QSize sizeFor(int textWidth) const;
};

} // namespace Earshot
