// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace Earshot {

/// Beside each other as long as there is room, then on a further row: for bars of words and buttons that are longer in
/// another language, at a larger scale or on a smaller screen. Mirrored from right to left.
class WrapLayout final : public QLayout
{
    Q_OBJECT

public:
    /// @param parent null for a layout that is put into another one
    explicit WrapLayout(QWidget *parent = nullptr);
    ~WrapLayout() override;

    /// Takes what its row leaves. A text that wraps stands beside its neighbours where that makes the bar no taller,
    /// and on rows of its own otherwise.
    void addStretching(QWidget *widget);
    /// The same for a group that stays together.
    void addStretching(QLayout *group);
    /// Stays together.
    void addGroup(QLayout *group);
    void addItem(QLayoutItem *item) override;

    [[nodiscard]] int count() const override { return int(m_items.size()); }
    [[nodiscard]] QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSize() const override;
    void setGeometry(const QRect &area) override;

private:
    struct Item
    {
        std::unique_ptr<QLayoutItem> item;
        bool isStretching = false;
    };
    struct Placed
    {
        const Item *item = nullptr;
        int width = 0;
    };
    using Row = std::vector<Placed>;
    [[nodiscard]] std::vector<Row> rows(int width) const;
    [[nodiscard]] int widthOf(const Item &item, int width) const;
    /// @return the height; places the items only where `isMeant`
    int arrange(const QRect &area, bool isMeant) const;
    void place(const Row &row, const QRect &area, const QRect &whole) const;

    std::vector<Item> m_items;
};

} // namespace Earshot
