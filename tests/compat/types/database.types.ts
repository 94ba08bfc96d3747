export type Json =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Json | undefined }
  | Json[]

export type Database = {
  // Allows to automatically instantiate createClient with right options
  // instead of createClient<Database, { PostgrestVersion: 'XX' }>(URL, KEY)
  __InternalSupabase: {
    PostgrestVersion: "14.1"
  }
  public: {
    Tables: {
      bookings: {
        Row: {
          id: number
          room_building: string | null
          room_number: number | null
        }
        Insert: {
          id: number
          room_building?: string | null
          room_number?: number | null
        }
        Update: {
          id?: number
          room_building?: string | null
          room_number?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "bookings_room_building_room_number_fkey"
            columns: ["room_building", "room_number"]
            isOneToOne: false
            referencedRelation: "rooms"
            referencedColumns: ["building", "number"]
          },
        ]
      }
      keys: {
        Row: {
          room_building: string | null
          room_number: number | null
        }
        Insert: {
          room_building?: string | null
          room_number?: number | null
        }
        Update: {
          room_building?: string | null
          room_number?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "keys_room_building_room_number_fkey"
            columns: ["room_building", "room_number"]
            isOneToOne: true
            referencedRelation: "rooms"
            referencedColumns: ["building", "number"]
          },
        ]
      }
      "Odd Names": {
        Row: {
          $x: Database["public"]["CompositeTypes"]["address"][] | null
          a: number
          A: number | null
          a_1: number | null
          "a-1": number | null
          a10: number | null
          a2: number | null
          é: number | null
          row_of: Database["public"]["Views"]["moods_of"]["Row"] | null
          odd: number | null
        }
        Insert: {
          $x?: Database["public"]["CompositeTypes"]["address"][] | null
          a: number
          A?: number | null
          a_1?: number | null
          "a-1"?: number | null
          a10?: number | null
          a2?: number | null
          é?: number | null
          row_of?: Database["public"]["Views"]["moods_of"]["Row"] | null
        }
        Update: {
          $x?: Database["public"]["CompositeTypes"]["address"][] | null
          a?: number
          A?: number | null
          a_1?: number | null
          "a-1"?: number | null
          a10?: number | null
          a2?: number | null
          é?: number | null
          row_of?: Database["public"]["Views"]["moods_of"]["Row"] | null
        }
        Relationships: [
          {
            foreignKeyName: "Odd Names_é_fkey"
            columns: ["é"]
            isOneToOne: false
            referencedRelation: "tags"
            referencedColumns: ["id"]
          },
        ]
      }
      people: {
        Row: {
          active: boolean | null
          alarm: string | null
          born: string | null
          created_at: string
          Größe: number | null
          home: Database["public"]["CompositeTypes"]["address"] | null
          id: string
          local_time: string | null
          mail: string | null
          meta: Json | null
          mood: Database["public"]["Enums"]["mood"]
          moods: Database["public"]["Enums"]["mood"][] | null
          name: string
          pause: string | null
          picture: string | null
          score: number
          tags: string[]
          "user-id": number
          full_name: string | null
          newest_post: {
            amount: number | null
            author_id: string
            document: Json | null
            editor_id: string | null
            id: number
            parent_id: number | null
            period: unknown
            price: number | null
            search: unknown
            serial_no: number
            slug: string
            small: number | null
            title: string
          } | null
          posts_of: {
            amount: number | null
            author_id: string
            document: Json | null
            editor_id: string | null
            id: number
            parent_id: number | null
            period: unknown
            price: number | null
            search: unknown
            serial_no: number
            slug: string
            small: number | null
            title: string
          } | null
        }
        Insert: {
          active?: boolean | null
          alarm?: string | null
          born?: string | null
          created_at?: string
          Größe?: number | null
          home?: Database["public"]["CompositeTypes"]["address"] | null
          id?: string
          local_time?: string | null
          mail?: string | null
          meta?: Json | null
          mood?: Database["public"]["Enums"]["mood"]
          moods?: Database["public"]["Enums"]["mood"][] | null
          name: string
          pause?: string | null
          picture?: string | null
          score?: number
          tags?: string[]
          "user-id"?: never
        }
        Update: {
          active?: boolean | null
          alarm?: string | null
          born?: string | null
          created_at?: string
          Größe?: number | null
          home?: Database["public"]["CompositeTypes"]["address"] | null
          id?: string
          local_time?: string | null
          mail?: string | null
          meta?: Json | null
          mood?: Database["public"]["Enums"]["mood"]
          moods?: Database["public"]["Enums"]["mood"][] | null
          name?: string
          pause?: string | null
          picture?: string | null
          score?: number
          tags?: string[]
          "user-id"?: never
        }
        Relationships: []
      }
      post_tags: {
        Row: {
          post_id: number
          tag_id: number
        }
        Insert: {
          post_id: number
          tag_id: number
        }
        Update: {
          post_id?: number
          tag_id?: number
        }
        Relationships: [
          {
            foreignKeyName: "post_tags_post_id_fkey"
            columns: ["post_id"]
            isOneToOne: false
            referencedRelation: "post_list"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "post_tags_post_id_fkey"
            columns: ["post_id"]
            isOneToOne: false
            referencedRelation: "post_numbers"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "post_tags_post_id_fkey"
            columns: ["post_id"]
            isOneToOne: false
            referencedRelation: "post_numbers"
            referencedColumns: ["same_id"]
          },
          {
            foreignKeyName: "post_tags_post_id_fkey"
            columns: ["post_id"]
            isOneToOne: false
            referencedRelation: "posts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "post_tags_tag_id_fkey"
            columns: ["tag_id"]
            isOneToOne: false
            referencedRelation: "tags"
            referencedColumns: ["id"]
          },
        ]
      }
      posts: {
        Row: {
          amount: number | null
          author_id: string
          document: Json | null
          editor_id: string | null
          id: number
          parent_id: number | null
          period: unknown
          price: number | null
          search: unknown
          serial_no: number
          slug: string
          small: number | null
          title: string
        }
        Insert: {
          amount?: number | null
          author_id: string
          document?: Json | null
          editor_id?: string | null
          id?: number
          parent_id?: number | null
          period?: unknown
          price?: number | null
          search?: unknown
          serial_no?: number
          slug: string
          small?: number | null
          title: string
        }
        Update: {
          amount?: number | null
          author_id?: string
          document?: Json | null
          editor_id?: string | null
          id?: number
          parent_id?: number | null
          period?: unknown
          price?: number | null
          search?: unknown
          serial_no?: number
          slug?: string
          small?: number | null
          title?: string
        }
        Relationships: [
          {
            foreignKeyName: "posts_author_id_fkey"
            columns: ["author_id"]
            isOneToOne: false
            referencedRelation: "authors"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "posts_author_id_fkey"
            columns: ["author_id"]
            isOneToOne: false
            referencedRelation: "busy_authors"
            referencedColumns: ["author"]
          },
          {
            foreignKeyName: "posts_author_id_fkey"
            columns: ["author_id"]
            isOneToOne: false
            referencedRelation: "moods_of"
            referencedColumns: ["person_id"]
          },
          {
            foreignKeyName: "posts_author_id_fkey"
            columns: ["author_id"]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "posts_editor_id_fkey"
            columns: ["editor_id"]
            isOneToOne: false
            referencedRelation: "authors"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "posts_editor_id_fkey"
            columns: ["editor_id"]
            isOneToOne: false
            referencedRelation: "busy_authors"
            referencedColumns: ["author"]
          },
          {
            foreignKeyName: "posts_editor_id_fkey"
            columns: ["editor_id"]
            isOneToOne: false
            referencedRelation: "moods_of"
            referencedColumns: ["person_id"]
          },
          {
            foreignKeyName: "posts_editor_id_fkey"
            columns: ["editor_id"]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "posts_parent_id_fkey"
            columns: ["parent_id"]
            isOneToOne: false
            referencedRelation: "post_list"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "posts_parent_id_fkey"
            columns: ["parent_id"]
            isOneToOne: false
            referencedRelation: "post_numbers"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "posts_parent_id_fkey"
            columns: ["parent_id"]
            isOneToOne: false
            referencedRelation: "post_numbers"
            referencedColumns: ["same_id"]
          },
          {
            foreignKeyName: "posts_parent_id_fkey"
            columns: ["parent_id"]
            isOneToOne: false
            referencedRelation: "posts"
            referencedColumns: ["id"]
          },
        ]
      }
      profiles: {
        Row: {
          bio: string | null
          letter: unknown
          network: unknown
          person_id: string
          shouted: string | null
        }
        Insert: {
          bio?: string | null
          letter?: unknown
          network?: unknown
          person_id: string
          shouted?: string | null
        }
        Update: {
          bio?: string | null
          letter?: unknown
          network?: unknown
          person_id?: string
          shouted?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "profiles_person_id_fkey"
            columns: ["person_id"]
            isOneToOne: true
            referencedRelation: "authors"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "profiles_person_id_fkey"
            columns: ["person_id"]
            isOneToOne: true
            referencedRelation: "busy_authors"
            referencedColumns: ["author"]
          },
          {
            foreignKeyName: "profiles_person_id_fkey"
            columns: ["person_id"]
            isOneToOne: true
            referencedRelation: "moods_of"
            referencedColumns: ["person_id"]
          },
          {
            foreignKeyName: "profiles_person_id_fkey"
            columns: ["person_id"]
            isOneToOne: true
            referencedRelation: "people"
            referencedColumns: ["id"]
          },
        ]
      }
      rooms: {
        Row: {
          building: string
          number: number
          seats: number
        }
        Insert: {
          building: string
          number: number
          seats: number
        }
        Update: {
          building?: string
          number?: number
          seats?: number
        }
        Relationships: []
      }
      select: {
        Row: {
          _hidden: string | null
          "2nd": string | null
          apple: string | null
          class: number | null
          type: Database["public"]["Enums"]["mood"] | null
          'with "quotes"': string | null
          Zebra: string | null
        }
        Insert: {
          _hidden?: string | null
          "2nd"?: string | null
          apple?: string | null
          class?: number | null
          type?: Database["public"]["Enums"]["mood"] | null
          'with "quotes"'?: string | null
          Zebra?: string | null
        }
        Update: {
          _hidden?: string | null
          "2nd"?: string | null
          apple?: string | null
          class?: number | null
          type?: Database["public"]["Enums"]["mood"] | null
          'with "quotes"'?: string | null
          Zebra?: string | null
        }
        Relationships: []
      }
      tags: {
        Row: {
          id: number
          label: string
        }
        Insert: {
          id: number
          label: string
        }
        Update: {
          id?: number
          label?: string
        }
        Relationships: []
      }
    }
    Views: {
      authors: {
        Row: {
          id: string | null
          loud: string | null
          mood: Database["public"]["Enums"]["mood"] | null
          name: string | null
        }
        Insert: {
          id?: string | null
          loud?: never
          mood?: Database["public"]["Enums"]["mood"] | null
          name?: string | null
        }
        Update: {
          id?: string | null
          loud?: never
          mood?: Database["public"]["Enums"]["mood"] | null
          name?: string | null
        }
        Relationships: []
      }
      busy_authors: {
        Row: {
          author: string | null
          name: string | null
        }
        Insert: {
          author?: string | null
          name?: string | null
        }
        Update: {
          author?: string | null
          name?: string | null
        }
        Relationships: []
      }
      moods_of: {
        Row: {
          mood: Database["public"]["Enums"]["mood"] | null
          moods: Database["public"]["Enums"]["mood"][] | null
          person_id: string | null
          people_of: {
            active: boolean | null
            alarm: string | null
            born: string | null
            created_at: string
            Größe: number | null
            home: Database["public"]["CompositeTypes"]["address"] | null
            id: string
            local_time: string | null
            mail: string | null
            meta: Json | null
            mood: Database["public"]["Enums"]["mood"]
            moods: Database["public"]["Enums"]["mood"][] | null
            name: string
            pause: string | null
            picture: string | null
            score: number
            tags: string[]
            "user-id": number
          } | null
        }
        Relationships: []
      }
      post_list: {
        Row: {
          author: string | null
          author_id: string | null
          id: number | null
          title: string | null
        }
        Relationships: [
          {
            foreignKeyName: "posts_author_id_fkey"
            columns: ["author_id"]
            isOneToOne: false
            referencedRelation: "authors"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "posts_author_id_fkey"
            columns: ["author_id"]
            isOneToOne: false
            referencedRelation: "busy_authors"
            referencedColumns: ["author"]
          },
          {
            foreignKeyName: "posts_author_id_fkey"
            columns: ["author_id"]
            isOneToOne: false
            referencedRelation: "moods_of"
            referencedColumns: ["person_id"]
          },
          {
            foreignKeyName: "posts_author_id_fkey"
            columns: ["author_id"]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: ["id"]
          },
        ]
      }
      post_numbers: {
        Row: {
          id: number | null
          n: number | null
          same_id: number | null
        }
        Relationships: []
      }
    }
    Functions: {
      a_function_with_a_long_name: {
        Args: { first_argument: string; second_argument: string }
        Returns: boolean
      }
      add: { Args: { a: number; b?: number }; Returns: number }
      describe:
        | { Args: { id: number }; Returns: string }
        | { Args: { name: string }; Returns: string }
      full_name: {
        Args: { "": Database["public"]["Tables"]["people"]["Row"] }
        Returns: {
          error: true
        } & "the function public.full_name with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      mail_of: { Args: { person: string }; Returns: string }
      named_row: {
        Args: { person: Database["public"]["Tables"]["people"]["Row"] }
        Returns: string
      }
      newest_post: {
        Args: { "": Database["public"]["Tables"]["people"]["Row"] }
        Returns: {
          amount: number | null
          author_id: string
          document: Json | null
          editor_id: string | null
          id: number
          parent_id: number | null
          period: unknown
          price: number | null
          search: unknown
          serial_no: number
          slug: string
          small: number | null
          title: string
        }
        SetofOptions: {
          from: "people"
          to: "posts"
          isOneToOne: true
          isSetofReturn: true
        }
      }
      nothing: { Args: never; Returns: undefined }
      numbers: { Args: { list: number[] }; Returns: number[] }
      odd: {
        Args: { "": Database["public"]["Tables"]["Odd Names"]["Row"] }
        Returns: {
          error: true
        } & "the function public.odd with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      one_person: {
        Args: { id: string }
        Returns: {
          active: boolean | null
          alarm: string | null
          born: string | null
          created_at: string
          Größe: number | null
          home: Database["public"]["CompositeTypes"]["address"] | null
          id: string
          local_time: string | null
          mail: string | null
          meta: Json | null
          mood: Database["public"]["Enums"]["mood"]
          moods: Database["public"]["Enums"]["mood"][] | null
          name: string
          pause: string | null
          picture: string | null
          score: number
          tags: string[]
          "user-id": number
        }
        SetofOptions: {
          from: "*"
          to: "people"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      pair: { Args: never; Returns: Record<string, unknown> }
      people_of: {
        Args: { "": Database["public"]["Views"]["moods_of"]["Row"] }
        Returns: {
          active: boolean | null
          alarm: string | null
          born: string | null
          created_at: string
          Größe: number | null
          home: Database["public"]["CompositeTypes"]["address"] | null
          id: string
          local_time: string | null
          mail: string | null
          meta: Json | null
          mood: Database["public"]["Enums"]["mood"]
          moods: Database["public"]["Enums"]["mood"][] | null
          name: string
          pause: string | null
          picture: string | null
          score: number
          tags: string[]
          "user-id": number
        }
        SetofOptions: {
          from: "moods_of"
          to: "people"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      ping: { Args: never; Returns: string }
      posts_of: {
        Args: { "": Database["public"]["Tables"]["people"]["Row"] }
        Returns: {
          amount: number | null
          author_id: string
          document: Json | null
          editor_id: string | null
          id: number
          parent_id: number | null
          period: unknown
          price: number | null
          search: unknown
          serial_no: number
          slug: string
          small: number | null
          title: string
        }[]
        SetofOptions: {
          from: "people"
          to: "posts"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      search_posts: {
        Args: {
          before?: string
          kinds?: Database["public"]["Enums"]["mood"][]
          term: string
        }
        Returns: {
          amount: number | null
          author_id: string
          document: Json | null
          editor_id: string | null
          id: number
          parent_id: number | null
          period: unknown
          price: number | null
          search: unknown
          serial_no: number
          slug: string
          small: number | null
          title: string
        }[]
        SetofOptions: {
          from: "*"
          to: "posts"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      take_body: { Args: { "": Json }; Returns: Json }
      totals: {
        Args: { since: string }
        Returns: {
          day: string
          "how many": number
        }[]
      }
      unclear:
        | {
            Args: { x: number }
            Returns: {
              error: true
            } & "Could not choose the best candidate function between: public.unclear(x => int4), public.unclear(x => text). Try renaming the parameters or the function itself in the database so function overloading can be resolved"
          }
        | {
            Args: { x: string }
            Returns: {
              error: true
            } & "Could not choose the best candidate function between: public.unclear(x => int4), public.unclear(x => text). Try renaming the parameters or the function itself in the database so function overloading can be resolved"
          }
      where_is: {
        Args: { person: string }
        Returns: Database["public"]["CompositeTypes"]["address"]
        SetofOptions: {
          from: "*"
          to: "address"
          isOneToOne: true
          isSetofReturn: false
        }
      }
    }
    Enums: {
      mood: "glad" | "so so" | 'it\'s "fine"'
      Size: "S" | "M" | "L"
    }
    CompositeTypes: {
      address: {
        street: string | null
        zip: string | null
        "house-number": number | null
        moods: Database["public"]["Enums"]["mood"][] | null
      }
    }
  }
  shop: {
    Tables: {
      items: {
        Row: {
          line: number
          order_id: number
          quantity: number
          size: Database["public"]["Enums"]["Size"] | null
        }
        Insert: {
          line: number
          order_id: number
          quantity?: number
          size?: Database["public"]["Enums"]["Size"] | null
        }
        Update: {
          line?: number
          order_id?: number
          quantity?: number
          size?: Database["public"]["Enums"]["Size"] | null
        }
        Relationships: [
          {
            foreignKeyName: "items_order_id_fkey"
            columns: ["order_id"]
            isOneToOne: false
            referencedRelation: "orders"
            referencedColumns: ["id"]
          },
        ]
      }
      orders: {
        Row: {
          buyer: string
          id: number
          state: Database["shop"]["Enums"]["state"]
          total: number | null
        }
        Insert: {
          buyer: string
          id: number
          state?: Database["shop"]["Enums"]["state"]
        }
        Update: {
          buyer?: string
          id?: number
          state?: Database["shop"]["Enums"]["state"]
        }
        Relationships: []
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      open_orders: {
        Args: { buyer: string }
        Returns: {
          buyer: string
          id: number
          state: Database["shop"]["Enums"]["state"]
        }[]
        SetofOptions: {
          from: "*"
          to: "orders"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      total: {
        Args: { "": Database["shop"]["Tables"]["orders"]["Row"] }
        Returns: {
          error: true
        } & "the function shop.total with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
    }
    Enums: {
      state:
        | "ordered by the customer"
        | "packed in the warehouse"
        | "on its way to the customer"
        | "delivered"
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}

type Schemas = Omit<Database, "__InternalSupabase">

type DefaultSchema = Schemas[Extract<keyof Schemas, "public">]

type InSchema = { schema: keyof Schemas }

type Relations<S extends { Tables: unknown; Views: unknown }> = S["Tables"] &
  S["Views"]

type Part<
  Group,
  Name,
  Key extends "Row" | "Insert" | "Update",
> = Name extends keyof Group
  ? Group[Name] extends { [K in Key]: infer T }
    ? T
    : never
  : never

/** A row of a table or view. */
export type Tables<
  NameOrSchema extends keyof Relations<DefaultSchema> | InSchema,
  Name extends NameOrSchema extends InSchema
    ? keyof Relations<Schemas[NameOrSchema["schema"]]>
    : never = never,
> = NameOrSchema extends InSchema
  ? Part<Relations<Schemas[NameOrSchema["schema"]]>, Name, "Row">
  : Part<Relations<DefaultSchema>, NameOrSchema, "Row">

/** What an insert into a table takes. */
export type TablesInsert<
  NameOrSchema extends keyof DefaultSchema["Tables"] | InSchema,
  Name extends NameOrSchema extends InSchema
    ? keyof Schemas[NameOrSchema["schema"]]["Tables"]
    : never = never,
> = NameOrSchema extends InSchema
  ? Part<Schemas[NameOrSchema["schema"]]["Tables"], Name, "Insert">
  : Part<DefaultSchema["Tables"], NameOrSchema, "Insert">

/** What an update of a table takes. */
export type TablesUpdate<
  NameOrSchema extends keyof DefaultSchema["Tables"] | InSchema,
  Name extends NameOrSchema extends InSchema
    ? keyof Schemas[NameOrSchema["schema"]]["Tables"]
    : never = never,
> = NameOrSchema extends InSchema
  ? Part<Schemas[NameOrSchema["schema"]]["Tables"], Name, "Update">
  : Part<DefaultSchema["Tables"], NameOrSchema, "Update">

/** The labels of an enum. */
export type Enums<
  NameOrSchema extends keyof DefaultSchema["Enums"] | InSchema,
  Name extends NameOrSchema extends InSchema
    ? keyof Schemas[NameOrSchema["schema"]]["Enums"]
    : never = never,
> = NameOrSchema extends InSchema
  ? Schemas[NameOrSchema["schema"]]["Enums"][Name]
  : NameOrSchema extends keyof DefaultSchema["Enums"]
    ? DefaultSchema["Enums"][NameOrSchema]
    : never

/** A value of a composite type. */
export type CompositeTypes<
  NameOrSchema extends keyof DefaultSchema["CompositeTypes"] | InSchema,
  Name extends NameOrSchema extends InSchema
    ? keyof Schemas[NameOrSchema["schema"]]["CompositeTypes"]
    : never = never,
> = NameOrSchema extends InSchema
  ? Schemas[NameOrSchema["schema"]]["CompositeTypes"][Name]
  : NameOrSchema extends keyof DefaultSchema["CompositeTypes"]
    ? DefaultSchema["CompositeTypes"][NameOrSchema]
    : never

/** The labels of the enums as values. */
export const Constants = {
  public: {
    Enums: {
      mood: ["glad", "so so", 'it\'s "fine"'],
      Size: ["S", "M", "L"],
    },
  },
  shop: {
    Enums: {
      state: [
        "ordered by the customer",
        "packed in the warehouse",
        "on its way to the customer",
        "delivered",
      ],
    },
  },
} as const
